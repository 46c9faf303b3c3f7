// The reader as a session's state has it: for the script that paints it first and for the one that takes over.
import type { ComponentChildren } from 'preact';
import type { ReaderActions } from '../../components/reader/actions.ts';
import { Reader } from '../../components/reader/Reader.tsx';
import type { State } from '../../lib/opening.ts';
import { SAMPLE_FEED_URL } from '../../lib/sample.ts';

/** Whether the page is the side panel, not the popup. */
export const inPanel = (): boolean => location.pathname === '/sidepanel.html';

/** The reader's element, the same for both scripts; `welcome` stands above the list. */
export const drawReader = ({ toast, list, ...state }: State, on: ReaderActions, welcome: ComponentChildren) => (
  <Reader
    {...state}
    {...on}
    list={list}
    sample={list?.feeds.some((feed) => feed.url === SAMPLE_FEED_URL) ?? false}
    toast={toast && { words: toast.words, undo: toast.entry !== null }}
    canShare={'share' in navigator}
    welcome={welcome || (list && !state.settings.welcomed && <div class="welcome" />) /* keeps the place of what is loaded later, or the list would jump */}
  />
);
