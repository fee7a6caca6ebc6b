// The sums of a voucher while it is written: form[data-voucher] with fields debit and credit; the server counts again.
export function followVouchers() {
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-voucher]");
    if (form && /^(debit|credit)$/.test(event.target.name)) count(form);
  });
}

function count(form) {
  const [debit, credit] = ["debit", "credit"].map((name) => sum(form, name));
  const gap = form.querySelector("[data-gap]");
  const open = debit !== credit;
  gap.className = open ? "red" : "green";
  gap.textContent = open ? `≠ ${tell(Math.abs(debit - credit))}` : debit ? "=" : "";
}

// Whole fen, as on the server; what is no amount counts as nothing.
function sum(form, name) {
  let fen = 0;
  for (const field of form.querySelectorAll(`[name="${name}"]`)) {
    const found = /^[-+]?\d{1,13}(\.\d{1,2})?$/.exec(field.value.trim().replace(/[,，￥¥元\s]/g, ""));
    if (found) fen += Math.round(Number(found[0]) * 100);
  }
  form.querySelector(`[data-sum="${name}"]`).textContent = tell(fen);
  return fen;
}

const tell = (fen) => (fen / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
