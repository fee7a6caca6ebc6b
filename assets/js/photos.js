// Photos are shown before they are sent, and made small on the phone: <input type="file" data-photos="9">.
import { say, word } from "./say.js";

const longest = 1600;

export function showPhotos() {
  if (!window.DataTransfer || !HTMLCanvasElement.prototype.toBlob) return;
  for (const input of document.querySelectorAll("input[type=file][data-photos]")) follow(input);
}

function follow(input) {
  let files = [];
  const shelf = input.closest("form").querySelector(`[data-previews="${input.id}"]`);
  const show = () => {
    const carrier = new DataTransfer();
    files.forEach((file) => carrier.items.add(file));
    input.files = carrier.files;
    if (shelf) draw(shelf, files, (file) => ((files = files.filter((other) => other !== file)), show()));
  };
  input.addEventListener("change", async () => {
    const most = Number(input.dataset.photos) || 9;
    const made = await Promise.all([...input.files].map(shrink));
    if (files.length + made.length > most) say("tooMany", { count: most });
    files = [...files, ...made].slice(0, most);
    show();
  });
}

function draw(shelf, files, remove) {
  for (const image of shelf.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  shelf.replaceChildren ? shelf.replaceChildren() : (shelf.textContent = "");
  for (const file of files) {
    const box = document.createElement("div");
    box.className = "preview";
    if (/^image\//.test(file.type)) box.append(Object.assign(new Image(), { src: URL.createObjectURL(file), alt: file.name }));
    else box.append(file.name);
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    button.setAttribute("aria-label", `${word("remove")} ${file.name}`);
    button.addEventListener("click", () => remove(file));
    box.append(button);
    shelf.append(box);
  }
}

async function shrink(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const image = await load(file);
    const scale = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight));
    if (scale === 1 && file.size < 500000) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
  } catch (error) {
    // A photo that this phone cannot draw is sent as it is.
    return file;
  }
}

function load(file) {
  return new Promise((done, fail) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = fail;
    image.src = URL.createObjectURL(file);
  });
}
