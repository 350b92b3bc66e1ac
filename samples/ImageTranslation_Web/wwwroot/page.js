const $ = id => document.getElementById(id);
let limits = { bytes: Infinity, pixels: Infinity }, samplesOf = new Map(), image = null, isSample = false, note = "", running = null;

const say = (text, bad = false) => { $("status").textContent = text; $("status").className = bad ? "bad" : ""; };
const model = () => document.querySelector("#models input:checked")?.value;

function show(id, url) {
  if ($(id).src.startsWith("blob:")) URL.revokeObjectURL($(id).src);
  $(id).src = url;
}

async function start() {
  const [models, allowed] = await Promise.all(["api/models", "api/limits"].map(async url => (await fetch(url)).json()));
  limits = allowed;
  samplesOf = new Map(models.map(m => [m.name, m.samples]));
  $("empty").hidden = models.length > 0; $("tool").hidden = models.length === 0;
  $("models").replaceChildren(...models.map((m, i) => {
    const label = document.createElement("label"), input = document.createElement("input"), title = document.createElement("b"), about = document.createElement("small");
    Object.assign(input, { type: "radio", name: "model", value: m.name, checked: i === 0 });
    title.textContent = m.makes ?? m.name;
    const learned = m.dataSet && !m.makes ? `${m.trainer ?? "trained"} on “${m.dataSet}”` : m.trainer;
    about.textContent = [m.makes && m.name, learned, m.architecture ?? "ONNX", m.trainingSize?.replace("x", "×"), m.megabytes + " MB"].filter(Boolean).join(" · ");
    label.append(input, title, about);
    return label;
  }));
  offerSamples();
}

// The model's own sample images, at their size.
function offerSamples() {
  const count = Math.min(samplesOf.get(model()) ?? 0, 6);
  $("try").hidden = count === 0;
  $("samples").replaceChildren(...Array.from({ length: count }, (_, i) => {
    const button = document.createElement("button"), thumbnail = document.createElement("img");
    const url = `api/sample?model=${encodeURIComponent(model())}&seed=${i}`;
    Object.assign(thumbnail, { src: url, alt: `Sample image ${i + 1}`, loading: "lazy" });
    button.type = "button";
    button.append(thumbnail);
    button.onclick = async () => {
      const file = await (await fetch(url)).blob();
      await take(file, button);
    };
    return button;
  }));
}

// What the server would refuse is made smaller here; what this browser cannot read is the server's to judge.
async function fit(file) {
  note = "";
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return file;
  // At its size, never enlarged; small ones get source and translation beside the slider.
  $("compare").style.aspectRatio = `${bitmap.width} / ${bitmap.height}`;
  $("compare").style.maxWidth = `min(100%, ${66 * bitmap.width / bitmap.height}vh, ${bitmap.width}px)`;
  $("result").classList.toggle("small", bitmap.width < 280);
  const scale = Math.min(1, Math.sqrt(limits.pixels / (bitmap.width * bitmap.height)));
  if (scale === 1 && file.size <= limits.bytes) return file;
  const canvas = new OffscreenCanvas(Math.max(1, Math.floor(bitmap.width * scale)), Math.max(1, Math.floor(bitmap.height * scale))), pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  note = scale < 1 ? ` Made smaller from ${bitmap.width}×${bitmap.height}.` : "";
  return canvas.convertToBlob({ type: "image/jpeg", quality: .95 });
}

async function translate() {
  if (!image) return;
  running?.abort();
  const mine = running = new AbortController();
  $("drop").hidden = true; $("result").hidden = false; $("another").hidden = false; $("busy").hidden = false; $("download").hidden = true;
  $("translated").style.visibility = $("handle").style.visibility = $("after").style.visibility = "hidden";
  say("Translating …");
  const began = performance.now();
  try {
    let response;
    // A full server asks us to come back: a few times, then we say so.
    for (let attempt = 0; ; attempt++) {
      response = await fetch("api/translate?model=" + encodeURIComponent(model()), { method: "POST", body: image, signal: mine.signal });
      if (response.status !== 503 || attempt === 4) break;
      say("The server is busy, waiting for our turn …");
      await new Promise(done => setTimeout(done, 1000 * (Number(response.headers.get("Retry-After")) || 1)));
    }
    if (!response.ok) throw new Error((await response.json().catch(() => ({}))).detail ?? `The server answered ${response.status}.`);
    const url = URL.createObjectURL(await response.blob());
    show("translated", url);
    await $("translated").decode();
    $("after-image").src = url;
    $("download").href = url; $("download").hidden = false;
    $("translated").style.visibility = $("handle").style.visibility = $("after").style.visibility = "";
    const { naturalWidth: width, naturalHeight: height } = $("translated");
    say(`${width}×${height} pixels in ${((performance.now() - began) / 1000).toFixed(2)} s.${note} Drag across the image, or use the arrow keys, to compare.`);
    if (document.activeElement === document.body) $("slider").focus({ preventScroll: true });
  } catch (error) {
    if (error.name !== "AbortError") say(error.message, true);
  } finally {
    if (running === mine) $("busy").hidden = true;
  }
}

async function take(file, sample) {
  if (!file) return;
  isSample = !!sample;
  for (const button of $("samples").children) button.classList.toggle("chosen", button === sample);
  image = await fit(file);
  show("source", URL.createObjectURL(image));
  $("before-image").src = $("source").src;
  await translate();
}

// What suits one model does not suit the next: a sample goes with its model, a visitor's own image stays.
async function change() {
  offerSamples();
  if (isSample && $("samples").children.length > 0) await $("samples").children[0].onclick();
  else await translate();
}

const choose = () => { $("file").value = ""; $("file").click(); };
const over = is => document.body.classList.toggle("over", is);
$("drop").onclick = $("another").onclick = choose;
$("file").onchange = () => take($("file").files[0]);
$("models").onchange = change;
$("again").onclick = start;
$("source").onerror = () => { $("result").hidden = true; $("drop").hidden = false; };
$("slider").oninput = () => $("compare").style.setProperty("--cut", $("slider").value + "%");
document.ondragover = event => { event.preventDefault(); over(true); };
document.ondragleave = event => { if (!event.relatedTarget) over(false); };
document.ondrop = event => { event.preventDefault(); over(false); take(event.dataTransfer.files[0]); };
document.onpaste = event => take([...event.clipboardData.files][0]);
const started = start();
