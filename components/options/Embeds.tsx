// Marks on posts embedded in other sites' pages: whether, and on which sites beside X's own frames.
import { useState } from 'preact/hooks';
import { say } from '../../lib/i18n.ts';
import type { Settings } from '../../lib/model/settings.ts';
import { optionsWords } from '../../lib/words/options.ts';
import { xWords } from '../../lib/words/options/x.ts';

/** The sites of the reader, and what can be done about them. */
export interface EmbedsProps {
  settings: Settings;
  /** The sites the reader named; `withheld`: the browser does not let us run there. */
  sites: readonly { pattern: string; host: string; withheld: boolean }[];
  /** What came of the last attempt to add one, where that is to be told. */
  siteFault: string | null;
  /** These in the click itself, in which the browser is asked. */
  onEmbeds: (on: boolean) => void;
  onAddSite: (typed: string) => Promise<boolean>;
  onAllowSite: (pattern: string) => void;
  onRemoveSite: (pattern: string) => void;
}

/** The part of the section on X about posts embedded elsewhere. */
export function Embeds({ settings, sites, siteFault, onEmbeds, onAddSite, onAllowSite, onRemoveSite }: EmbedsProps) {
  const words = say(optionsWords);
  const x = say(xWords);
  const [site, setSite] = useState('');
  return (
    <div class="embeds">
      <ul class="choices column">
        <li>
          <label>
            <input type="checkbox" checked={settings.markEmbeds} disabled={!settings.marks} aria-describedby="embeds-hint" onChange={(event) => onEmbeds(event.currentTarget.checked)} />
            <span>{x.embeds}</span>
          </label>
          <p class="hint" id="embeds-hint">{x.embedsHint}</p>
        </li>
      </ul>
      {settings.marks && settings.markEmbeds && (
        <form
          class="asks"
          aria-label={x.sites}
          onSubmit={(event) => {
            event.preventDefault();
            void onAddSite(site).then((added) => added && setSite(''));
          }}
        >
          <h3>{x.sites}</h3>
          <ul class="rules">
            {sites.map(({ pattern, host, withheld }) => (
              <li class="row" key={pattern}>
                <p class="words address">{host}</p>
                {withheld && <button type="button" class="button" aria-label={x.allowSite(host)} onClick={() => onAllowSite(pattern)}>{words.allow}</button>}
                <button type="button" class="button" aria-label={x.removeSite(host)} onClick={() => onRemoveSite(pattern)}>{words.remove}</button>
              </li>
            ))}
          </ul>
          <div class="line">
            <input type="text" inputMode="url" autocomplete="off" spellcheck={false} placeholder="https://example.com" aria-label={x.siteAddress} aria-describedby="sites-hint" value={site} onInput={(event) => setSite(event.currentTarget.value)} />
            <button type="submit" class="button" disabled={!site.trim()}>{words.add}</button>
          </div>
          <p class={siteFault ? 'notice fault' : 'notice'} role="alert">{siteFault}</p>
          <p class="hint" id="sites-hint">{x.sitesHint}</p>
        </form>
      )}
    </div>
  );
}
