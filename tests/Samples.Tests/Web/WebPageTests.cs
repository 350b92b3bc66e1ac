namespace MlNetImageTranslation.Samples.Tests.Web;

/// <summary>The page as a visitor meets it, in a real browser.</summary>
public sealed class WebPageTests
{
    // Resolves when the picture that was taken is translated or refused.
    private const string Finished = """
        function finished() {
          const busy = document.getElementById("busy");
          return new Promise(done => new MutationObserver(() => busy.hidden && done()).observe(busy, { attributes: true, attributeFilter: ["hidden"] }));
        }
        """;

    // Drops a 40x30 picture, red at left and green at right, onto the page and waits for the end of the translation.
    private const string Drop = """
        (async () => {
          const canvas = new OffscreenCanvas(40, 30), pen = canvas.getContext("2d");
          pen.fillStyle = "#f00"; pen.fillRect(0, 0, 20, 30); pen.fillStyle = "#0f0"; pen.fillRect(20, 0, 20, 30);
          const files = new DataTransfer();
          files.items.add(new File([await canvas.convertToBlob()], "photo.png", { type: "image/png" }));
          document.getElementById("drop").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: files }));
          await finished();
        })()
        """;

    private const string PixelOfTranslation = """
        (() => {
          const picture = document.getElementById("translated"), canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
          const pen = canvas.getContext("2d");
          pen.drawImage(picture, 0, 0);
          return [canvas.width, canvas.height, ...pen.getImageData(5, 5, 1, 1).data.slice(0, 3)].join(" ");
        })()
        """;

    [Fact(Timeout = 120_000)]
    public async Task ADroppedPictureIsShownBesideItsTranslationWithASlider()
    {
        Assert.SkipWhen(Browser.WhyMissing is not null, Browser.WhyMissing ?? "");
        await using var sample = await WebSample.StartAsync();
        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(sample.Address);
        while ((await browser.EvaluateAsync("document.getElementById('model').options.length")).GetInt32() == 0) { }
        Assert.Equal(WebSample.ModelName, (await browser.EvaluateAsync("document.getElementById('model').value")).GetString());

        await browser.EvaluateAsync(Finished);
        await browser.EvaluateAsync(Drop);
        Assert.Equal("40 30 0 255 255", (await browser.EvaluateAsync(PixelOfTranslation)).GetString());
        Assert.False((await browser.EvaluateAsync("document.getElementById('compare').hidden")).GetBoolean());
        Assert.False((await browser.EvaluateAsync("document.getElementById('download').hidden")).GetBoolean());
        Assert.Contains("40×30", (await browser.EvaluateAsync("document.getElementById('status').textContent")).GetString()!, StringComparison.Ordinal);

        await browser.EvaluateAsync("slider.value = 25; slider.dispatchEvent(new Event('input'))");
        Assert.Equal("25%", (await browser.EvaluateAsync("getComputedStyle(document.getElementById('handle')).getPropertyValue('--cut').trim()")).GetString());
    }

    [Fact(Timeout = 120_000)]
    public async Task WhatIsNoPictureIsAnsweredWithTheServersReason()
    {
        Assert.SkipWhen(Browser.WhyMissing is not null, Browser.WhyMissing ?? "");
        await using var sample = await WebSample.StartAsync();
        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(sample.Address);
        while ((await browser.EvaluateAsync("document.getElementById('model').options.length")).GetInt32() == 0) { }
        await browser.EvaluateAsync(Finished);
        await browser.EvaluateAsync("take(new File(['not a picture'], 'photo.png')); finished()");
        Assert.Equal("bad", (await browser.EvaluateAsync("document.getElementById('status').className")).GetString());
        Assert.Contains("expected a JPEG, PNG, BMP or WebP", (await browser.EvaluateAsync("document.getElementById('status').textContent")).GetString()!, StringComparison.Ordinal);
    }
}
