/** The part of it that is used here; the package comes without types. */
declare module 'fontkit' {
  /** A font, read; the PDF library takes it as it takes a font's bytes. */
  export function create(bytes: Uint8Array): PDFKit.Mixins.PDFFontSource;
}
