import { ColorInput, FileButton, Skeleton, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Brand, type BrandOwner, brandQuery, setBrand, uploadLogo } from '../data/brand.ts';
import { fieldErrorsOf } from '../data/problem.ts';
import { useRecordForm } from '../form/use-record-form.ts';
import { useWhyNot } from '../frame/account.tsx';
import { ActionButton } from '../frame/action-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { useWorkspace } from '../frame/use-workspace.ts';
import { RefusalNote } from '../refusal/refusal-note.tsx';
import { texts } from '../texts/texts.ts';
import { BrandPreview } from './brand-preview.tsx';
import classes from './brand-settings.module.css';
import explained from './explained.module.css';

const t = texts.brand;

/** The brand on reports, with how it looks beside it; for the agency, or for one client over it. */
export function BrandSettings({ owner }: { owner: BrandOwner }) {
  const { data: brand, error, refetch } = useQuery(brandQuery(owner));
  if (error && !brand) return <RefusalNote error={error} onRetry={() => void refetch()} />;
  if (!brand) return <Skeleton height={240} />;
  return <BrandForm key={owner.clientId ?? owner.agencyId} owner={owner} brand={brand} />;
}

function BrandForm({ owner, brand }: { owner: BrandOwner; brand: Brand }) {
  const queries = useQueryClient();
  const whyNot = useWhyNot()('brand.write');
  const workspace = useWorkspace();
  const form = useRecordForm({ reportBrand: brand.reportBrand ?? '', accentColor: brand.accentColor ?? '', footer: brand.footer ?? '' });
  const refresh = () => queries.invalidateQueries({ queryKey: brandQuery(owner).queryKey });
  const save = useMutation({
    mutationFn: (values: typeof form.values) => setBrand(owner, brand, values),
    onError: (error) => form.setErrors(fieldErrorsOf(error, form.values)),
    onSuccess: (_, saved) => {
      form.resetDirty(saved);
      return refresh();
    },
  });
  const logo = useMutation({
    mutationFn: async (file: File | null) => {
      if (file) await uploadLogo(owner, file);
      else await setBrand(owner, brand, { logoUrl: '' });
    },
    onSuccess: refresh,
  });
  return (
    <Panel title={owner.clientId ? t.ofClient : t.title}>
      <p className={explained.lead}>{owner.clientId ? t.clientExplained : t.explained}</p>
      {workspace?.plan.whiteLabel === false && <p className={explained.lead}>{t.noWhiteLabel}</p>}
      <div className={classes.columns}>
        <form className={classes.form} onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
          <TextInput label={t.reportBrand} placeholder={brand.shown.reportBrand} {...form.getInputProps('reportBrand')} />
          <ColorInput
            label={t.accentColor}
            placeholder={brand.shown.accentColor}
            format="hex"
            withEyeDropper={false}
            // What was typed is not taken back as the field is left, not even for a colour that it is not: the API says so at the field.
            fixOnBlur={false}
            {...form.getInputProps('accentColor')}
          />
          {brand.adjustments.map(({ field, reason, to }) => (
            <p key={field} className={classes.adjusted}>
              {t.adjusted(to)} {reason}
            </p>
          ))}
          <Textarea label={t.footer} placeholder={brand.shown.footer ?? t.noFooter} autosize minRows={2} {...form.getInputProps('footer')} />
          <div className={classes.logo}>
            <span className={classes.label}>{t.logo}</span>
            <FileButton accept="image/png,image/jpeg,image/webp,image/svg+xml" onChange={(file) => file && logo.mutate(file)} disabled={whyNot !== undefined}>
              {(props) => (
                <ActionButton size="xs" variant="default" whyNot={whyNot} loading={logo.isPending} {...props}>
                  {t.upload}
                </ActionButton>
              )}
            </FileButton>
            {brand.logoUrl && (
              <ActionButton size="xs" variant="default" whyNot={whyNot} onClick={() => logo.mutate(null)}>
                {t.removeLogo}
              </ActionButton>
            )}
          </div>
          {(logo.error ?? (Object.keys(form.errors).length === 0 && save.error)) && <RefusalNote error={logo.error ?? save.error} />}
          <ActionButton type="submit" whyNot={whyNot} loading={save.isPending}>
            {t.save}
          </ActionButton>
        </form>
        <BrandPreview owner={owner} draft={form.values} version={brand.version} />
      </div>
    </Panel>
  );
}
