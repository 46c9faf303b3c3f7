// Line icons, drawn on a 24 × 24 grid. Always decoration: the control that holds one has a name of its own.
const PATHS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2.5 12.5L7 17l9-10M12.5 16l1 1 8-10',
  refresh: 'M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6',
  gear: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 4.5v5M6 14.5v5',
  down: 'M6 9.5l6 6 6-6',
  up: 'M6 14.5l6-6 6 6',
  grip: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  pause: 'M9 6v12M15 6v12',
  close: 'M6 6l12 12M18 6L6 18',
  star: 'M12 4l2.5 5.1 5.6.8-4 4 .9 5.6-5-2.7-5 2.7.9-5.6-4-4 5.6-.8z',
  dots: 'M6 12h.01M12 12h.01M18 12h.01',
  history: 'M4.5 12a7.5 7.5 0 1 0 2.4-5.5M4 4.5V8h3.5M12 8v4.2l3 1.8',
  search: 'M10.8 17.5a6.7 6.7 0 1 0 0-13.4 6.7 6.7 0 0 0 0 13.4zM15.8 15.8L20 20',
  panel: 'M4 5h16v14H4zM14.5 5v14',
  leave: 'M14 5h5v5M19 5l-8 8M17 14v5H5V7h5',
} as const;

/** An icon by its name, in the colour of the text beside it. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The ship's bell. */
export function Bell() {
  return (
    <svg class="bell" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 2.5a1.6 1.6 0 0 0-1.6 1.7A6.4 6.4 0 0 0 5.8 10.4v4.2L4 17.2v1.1h16v-1.1l-1.8-2.6v-4.2a6.4 6.4 0 0 0-4.6-6.2A1.6 1.6 0 0 0 12 2.5zM9.6 19.6a2.4 2.4 0 0 0 4.8 0z" />
    </svg>
  );
}
