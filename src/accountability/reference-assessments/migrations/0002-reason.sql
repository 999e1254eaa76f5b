-- Why a publication follows an earlier one; null for the first, and where the program made it anew by itself.

alter table reference_assessments.publication add column reason text check (reason <> '');
