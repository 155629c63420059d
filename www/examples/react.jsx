// Bundled into react.js. React hands attributes to custom elements as it does to any other.
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

const WINES = [
  { sku: 'SAN22', name: 'Sancerre', year: 2022, style: 'crisp', note: 'Flint, gooseberry, white currant' },
  { sku: 'CHB20', name: 'Chablis', year: 2020, style: 'crisp', note: 'Green apple, chalk, lemon' },
  { sku: 'RIE21', name: 'Riesling Kabinett', year: 2021, style: 'off-dry', note: 'Lime, peach skin, slate' },
  { sku: 'VOU20', name: 'Vouvray Sec', year: 2020, style: 'off-dry', note: 'Quince, beeswax, wet wool' },
  { sku: 'CHA21', name: 'Sonoma Coast Chardonnay', year: 2021, style: 'rich', note: 'Lemon curd, toast, sea air' },
  { sku: 'MEU19', name: 'Meursault', year: 2019, style: 'rich', note: 'Hazelnut, pear, butter' },
];

/** What a Farthing event last said. */
function useFarthing(name, first) {
  const [detail, setDetail] = useState(first);
  useEffect(() => {
    const hear = (event) => setDetail(event.detail);
    document.addEventListener(`farthing:${name}`, hear);
    return () => document.removeEventListener(`farthing:${name}`, hear);
  }, [name]);
  return detail;
}

/** How many items the cart holds: kept from the last visit, then as the events tell. */
function useCount() {
  const cart = useFarthing('cart-change', null);
  const ready = useFarthing('ready', null);
  const [kept, setKept] = useState(0);
  useEffect(() => {
    if (ready) window.Farthing.cart.get().then(({ count }) => setKept(count));
  }, [ready]);
  return cart?.count ?? kept;
}

function Wine({ sku, name, year, note }) {
  return (
    <li>
      <img src={`/demo/art/${sku}.svg`} alt="" />
      <div>
        <h2>{name} <small>{year}</small></h2>
        <p>{note}</p>
        <farthing-message sku={sku} />
      </div>
      <div className="buy">
        <farthing-price sku={sku} />
        <button onClick={() => window.Farthing.cart.add(sku)} aria-label={`Add ${name}`}>Add</button>
      </div>
    </li>
  );
}

function List() {
  const styles = ['all', ...new Set(WINES.map(({ style }) => style))];
  const [shown, setShown] = useState('all');
  const count = useCount();
  return (
    <>
      <header>
        <h1>The white list</h1>
        <p role="status">{count === 1 ? '1 bottle' : `${count} bottles`} put aside</p>
      </header>
      <main>
        <div>
          <div className="styles" role="group" aria-label="Style">
            {styles.map((style) => (
              <button key={style} aria-pressed={style === shown} onClick={() => setShown(style)}>{style}</button>
            ))}
          </div>
          <ul>
            {WINES.filter(({ style }) => shown === 'all' || style === shown).map((wine) => <Wine key={wine.sku} {...wine} />)}
          </ul>
        </div>
        <aside>
          <farthing-cart checkout-url="/demo/checkout/" image-url="/demo/art/{sku}.svg">
            <h2 slot="heading">Put aside</h2>
            <p slot="empty">Nothing yet. Six whites take a tenth off.</p>
          </farthing-cart>
        </aside>
      </main>
    </>
  );
}

createRoot(document.getElementById('root')).render(<List />);
