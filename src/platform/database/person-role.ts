/** The role, without login and owner of nothing, to which row-level security holds whoever works at the pages. */
export const personRole = "greenpaper_person";

/**
 * Makes the role and lets this login act as it, where that isn't so yet. Roles belong to a whole server: two databases may need
 * it at the same moment, and another login may have made it; what counts is whether it can be taken, so that is tried.
 */
export const ensurePersonRole = `
do $$
declare
  before text := coalesce(nullif(current_setting('role', true), ''), 'none');
begin
  for attempt in 1..3 loop
    begin
      perform set_config('role', '${personRole}', true);
      perform set_config('role', before, true);
      exit;
    exception when invalid_parameter_value or undefined_object or insufficient_privilege then
      if attempt = 3 then
        raise exception 'the login % may not act as the role ${personRole}', session_user using errcode = 'GP001';
      end if;
    end;
    begin
      if not exists (select from pg_roles where rolname = '${personRole}') then
        create role ${personRole} nologin noinherit;
      end if;
    exception
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then
        raise exception 'the login % may not make the role ${personRole}', session_user using errcode = 'GP001';
    end;
    begin
      execute format('grant ${personRole} to %I', session_user);
    exception when unique_violation or insufficient_privilege or internal_error then null;
    end;
  end loop;
  if (select rolsuper or rolbypassrls from pg_roles where rolname = '${personRole}') then
    raise exception 'the role ${personRole} may pass over row-level security' using errcode = 'GP001';
  end if;
end $$;`;
