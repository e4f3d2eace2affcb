// An address that leads nowhere.
import { Link as RouteLink } from "@tanstack/react-router"
import { EmptyView } from "./empty-view.tsx"

export const NotFound = () => (
  <EmptyView title="There is nothing at this address">
    <p>
      A deleted thread leaves no page. <HomeLink /> shows what there is.
    </p>
  </EmptyView>
)

const HomeLink = () => (
  <RouteLink to="/" className="text-accent-text underline underline-offset-2">
    The first page
  </RouteLink>
)
