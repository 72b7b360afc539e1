// Fills the code of a visitor's badge by camera, where the browser can read one; the note is still typed and sent by hand.

const place = document.querySelector("[data-lead]");

async function read(button, video) {
  const reader = new BarcodeDetector({ formats: ["qr_code"] });
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  [button.hidden, video.hidden] = [true, false];
  await video.play();
  const look = async () => {
    const [found] = await reader.detect(video).catch(() => []);
    if (!found) {
      requestAnimationFrame(look);
      return;
    }
    for (const track of video.srcObject.getTracks()) track.stop();
    [button.hidden, video.hidden] = [false, true];
    document.querySelector("[name=code]").value = found.rawValue;
    document.querySelector("[name=note]").focus();
  };
  look();
}

if (place && "BarcodeDetector" in window && navigator.mediaDevices) {
  const button = place.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => read(button, place.querySelector("video")).catch(() => { button.hidden = true; }));
}
