// How the app is built: into dist/web of the workspace, with the worker as a module so that its languages stay lazy.
import { fileURLToPath } from "node:url"
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/",
  plugins: [react(), tailwindcss()],
  worker: { format: "es" },
  build: {
    outDir: fileURLToPath(new URL("../../dist/web", import.meta.url)),
    emptyOutDir: true,
    target: "es2024",
    assetsInlineLimit: 0,
    manifest: true,
    // The largest is the worker with its languages, which is fetched when code is shown and loads them one by one.
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
  },
})
