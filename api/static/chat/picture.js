// An answer as a picture to keep or pass on, drawn on the device: nothing is sent anywhere.

const WIDE = 720;
const EDGE = 44;
const INK = "#1d2826";
const SOFT = "#44504d";
const PINE = "#0e5145";

const font = (size, weight = 400) => `${weight} ${size}px -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`;

/** Words broken to the width; Chinese breaks anywhere but before closing punctuation. */
function wrapped(pen, text, width) {
  const lines = [];
  let line = "";
  for (const sign of Array.from(text)) {
    if (pen.measureText(line + sign).width > width && !"，。；：！？、）》”".includes(sign)) {
      lines.push(line);
      line = "";
    }
    line += sign;
  }
  return [...lines, line];
}

function blocks(reply, { county, hotline }) {
  const list = (title, lines) => lines?.length ? [{ text: title, size: 26, weight: 700, color: PINE, gap: 22 }, ...lines.map((text, at) => ({ text: `${at + 1}. ${text}`, size: 26, color: INK, gap: 8 }))] : [];
  return [
    { text: `问法 · ${county}公共法律服务`, size: 28, weight: 700, color: PINE, gap: 0 },
    reply.reference && { text: `编号 ${reply.reference}`, size: 26, weight: 700, color: INK, gap: 18 },
    ...(reply.answer || reply.reply).split(/\n+/).filter(Boolean).map((text) => ({ text, size: 28, color: INK, gap: 18 })),
    ...list("下一步", reply.steps),
    ...list("要带的材料", reply.materials),
    ...list("时限", reply.deadlines),
    ...list("去哪里办", reply.where),
    ...list("法律依据", reply.citations?.map((law) => `${law.ref}（${law.status}）`)),
    { text: `${reply.label} 想找真人，拨打${hotline}。`, size: 22, color: SOFT, gap: 30 },
    { text: `${location.host}　${new Date(reply.created_at).toLocaleDateString("zh-CN")}`, size: 22, color: SOFT, gap: 8 },
  ].filter(Boolean);
}

function drawn(reply, page) {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const laid = blocks(reply, page).map((block) => {
    pen.font = font(block.size, block.weight);
    return { ...block, lines: wrapped(pen, block.text, WIDE - 2 * EDGE) };
  });
  const height = laid.reduce((sum, { lines, size, gap }) => sum + gap + lines.length * size * 1.6, 2 * EDGE);
  Object.assign(canvas, { width: WIDE, height: Math.ceil(height) });
  pen.fillStyle = "#fffdf9";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = PINE;
  pen.fillRect(0, 0, canvas.width, 8);
  pen.textBaseline = "top";
  let y = EDGE;
  for (const { lines, size, weight, color, gap } of laid) {
    y += gap;
    pen.font = font(size, weight);
    pen.fillStyle = color;
    for (const line of lines) {
      pen.fillText(line, EDGE, y);
      y += size * 1.6;
    }
  }
  return canvas;
}

/** Offer the picture to the phone's own sharing, else save it. */
export async function picture(reply, page) {
  const data = await new Promise((resolve) => drawn(reply, page).toBlob(resolve, "image/png"));
  const file = new File([data], `问法答复${reply.reference ?? ""}.png`, { type: "image/png" });
  if (navigator.canShare?.({ files: [file] }) && matchMedia("(pointer: coarse)").matches) {
    await navigator.share({ files: [file] }).catch(() => {}); // closed without choosing
    return;
  }
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(data), download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
