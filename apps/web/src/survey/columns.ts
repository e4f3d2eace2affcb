// The columns that the head and the rows of a survey share, where there is room for them.
export const columns = "wide:grid-cols-[1rem_minmax(0,0.95fr)_minmax(0,1.35fr)_minmax(0,1.4fr)_4rem_4.5rem_3rem_4.5rem] wide:gap-x-3"
