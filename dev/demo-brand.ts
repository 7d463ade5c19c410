/** The logo of the demo's first agency: four points of a compass. */
const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
<circle cx="32" cy="32" r="29" fill="none" stroke="#14532d" stroke-width="4"/>
<path d="M32 8 39 32 32 56 25 32Z" fill="#14532d"/><path d="M8 32 32 25 56 32 32 39Z" fill="#14532d" fill-opacity=".45"/>
</svg>`;

const brand = {
  reportBrand: 'Northwind Studio',
  accentColor: '#14532d',
  footer: 'Northwind Studio, Hamburg. Questions? Ask the person who sent you this report.',
};

/** Gives an agency of the demo a brand and a logo; run again it changes nothing. */
export async function brandDemo({ url, agencyId, apiKey }: { url: string; agencyId: string; apiKey: string }): Promise<void> {
  const authorization = `Bearer ${apiKey}`;
  const path = `${url}/v1/agencies/${agencyId}/brand`;
  await put(path, { authorization, 'content-type': 'application/json' }, JSON.stringify(brand));
  await put(`${path}/logo`, { authorization, 'content-type': 'image/svg+xml' }, logo);
}

async function put(url: string, headers: Record<string, string>, body: string): Promise<void> {
  const response = await fetch(url, { method: 'PUT', headers, body });
  if (!response.ok) throw new Error(`the demo could not be made: PUT ${url} answered ${response.status} ${await response.text()}`);
}
