// The columns that the head and the rows of the process tree share, where there is room for them.
export const columns = "wide:grid-cols-[minmax(0,1.1fr)_minmax(0,1.5fr)_5.5rem_5rem_4rem_3rem_11rem] wide:gap-x-3"
