// The parser of HTML and XML, bounded in depth.
import { type Handler, Parser, type ParserOptions } from 'htmlparser2';

/** Elements open at once, far above what any publisher nests. Each more costs the parser a move of all the others. */
const MAX_OPEN = 512;

/** Reads a whole document, telling `handler` of it. Linear in its length: elements nested too deep are passed over, their text belongs to what is around them. */
export function readMarkup(source: string, handler: Partial<Handler>, options: ParserOptions): void {
  let open = 0;
  const counting: Partial<Handler> = {
    ...handler,
    onopentag(...args) {
      open++;
      handler.onopentag?.(...args);
    },
    onclosetag(...args) {
      open--;
      handler.onclosetag?.(...args);
    },
  };
  const parser = new Parser(counting, options);
  const begin = parser.onopentagname.bind(parser);
  parser.onopentagname = (start, end) => {
    if (open < MAX_OPEN) begin(start, end);
  };
  parser.end(source);
}
