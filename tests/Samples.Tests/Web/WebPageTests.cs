using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Samples.Tests;

/// <summary>The page as a visitor meets it, in a real browser.</summary>
[Collection("web")]
public sealed class WebPageTests
{
    // Resolves when the image that was taken is translated or refused.
    private const string Finished = """
        function finished() {
          const busy = document.getElementById("busy");
          return new Promise(done => new MutationObserver(() => busy.hidden && done()).observe(busy, { attributes: true, attributeFilter: ["hidden"] }));
        }
        """;

    // Drops a 40x30 image, red at left and green at right, onto the page and waits for the end of the translation.
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
          const image = document.getElementById("translated"), canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
          const pen = canvas.getContext("2d");
          pen.drawImage(image, 0, 0);
          return [canvas.width, canvas.height, ...pen.getImageData(5, 5, 1, 1).data.slice(0, 3)].join(" ");
        })()
        """;

    [Fact(Timeout = 120_000)]
    public async Task A_dropped_image_is_shown_beside_its_translation_with_a_slider()
    {
        Assert.SkipWhen(Browser.WhyMissing is not null, Browser.WhyMissing ?? "");
        await using var sample = await WebSample.StartAsync();
        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(sample.Address);
        await browser.EvaluateAsync("started");
        Assert.Equal(WebSample.ModelName, (await browser.EvaluateAsync("model()")).GetString());

        await browser.EvaluateAsync(Finished);
        await browser.EvaluateAsync(Drop);
        Assert.Equal("40 30 0 255 255", (await browser.EvaluateAsync(PixelOfTranslation)).GetString());
        Assert.False((await browser.EvaluateAsync("document.getElementById('compare').hidden")).GetBoolean());
        Assert.False((await browser.EvaluateAsync("document.getElementById('download').hidden")).GetBoolean());
        Assert.Contains(
            "40×30",
            (await browser.EvaluateAsync("document.getElementById('status').textContent")).GetString()!,
            StringComparison.Ordinal
        );

        // The slider has the focus: the keyboard moves it, and with it the cut.
        await browser.PressAsync("ArrowRight");
        Assert.Equal(
            "51%",
            (
                await browser.EvaluateAsync(
                    "getComputedStyle(document.getElementById('handle')).getPropertyValue('--cut').trim()"
                )
            ).GetString()
        );
        await browser.PressAsync("Home");
        Assert.Equal(
            "inset(0px 0px 0px 0%)",
            (
                await browser.EvaluateAsync("getComputedStyle(document.getElementById('translated')).clipPath")
            ).GetString()
        );
    }

    [Fact(Timeout = 120_000)]
    public async Task Images_that_the_server_would_refuse_are_made_smaller()
    {
        Assert.SkipWhen(Browser.WhyMissing is not null, Browser.WhyMissing ?? "");
        await using var sample = await WebSample.StartAsync(true, "--Translation:MaximumPixels=300");
        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(sample.Address);
        await browser.EvaluateAsync("started");
        await browser.EvaluateAsync(Finished);
        await browser.EvaluateAsync(Drop);
        // 40x30 has four times as many as are allowed; JPEG blurs the edges of what is sent then.
        Assert.StartsWith("20 15 ", (await browser.EvaluateAsync(PixelOfTranslation)).GetString());
        Assert.Contains(
            "Made smaller from 40×30",
            (await browser.EvaluateAsync("document.getElementById('status').textContent")).GetString()!,
            StringComparison.Ordinal
        );
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_a_model_the_page_says_what_to_do()
    {
        Assert.SkipWhen(Browser.WhyMissing is not null, Browser.WhyMissing ?? "");
        await using var sample = await WebSample.StartAsync(withModel: false);
        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(sample.Address);
        await browser.EvaluateAsync("started");
        Assert.Contains(
            "./demo.sh",
            (await browser.EvaluateAsync("document.body.innerText")).GetString()!,
            StringComparison.Ordinal
        );
        Assert.True((await browser.EvaluateAsync("document.getElementById('tool').hidden")).GetBoolean());
    }

    [Fact(Timeout = 120_000)]
    public async Task The_page_fits_a_phone()
    {
        Assert.SkipWhen(Browser.WhyMissing is not null, Browser.WhyMissing ?? "");
        await using var sample = await WebSample.StartAsync();
        await using var browser = await Browser.StartAsync(width: 360);
        await browser.OpenAsync(sample.Address);
        await browser.EvaluateAsync("started");
        await browser.EvaluateAsync(Finished);
        await browser.EvaluateAsync(Drop.Replace("40, 30", "800, 600", StringComparison.Ordinal));
        Assert.Equal(360, (await browser.EvaluateAsync("innerWidth")).GetInt32());
        Assert.Equal(360, (await browser.EvaluateAsync("document.documentElement.scrollWidth")).GetInt32());
        Assert.InRange(
            (
                await browser.EvaluateAsync("document.getElementById('compare').getBoundingClientRect().width")
            ).GetDouble(),
            300,
            360
        );
    }

    [Theory(Timeout = 120_000)]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Samples_and_their_translations_are_shown_at_their_size(int width)
    {
        Assert.SkipWhen(Browser.WhyMissing is not null, Browser.WhyMissing ?? "");
        await using var sample = await WebSample.StartAsync(
            true,
            "--Translation:Descriptions:negative=photo → negative"
        );
        Directory.CreateDirectory(sample.ModelFile("samples/negative"));
        for (var i = 1; i <= 4; i++)
            ImageEncoder.Save(RgbImage.Filled(128, 96, 255, 0, 0), sample.ModelFile($"samples/negative/{i}.png"));
        await using var browser = await Browser.StartAsync(width);
        await browser.OpenAsync(sample.Address);
        await browser.EvaluateAsync("started");
        Assert.Equal(
            "photo → negative",
            (await browser.EvaluateAsync("document.querySelector('#models b').textContent")).GetString()
        );
        await browser.EvaluateAsync("Promise.all([...document.querySelectorAll('#samples img')].map(i => i.decode()))");
        Assert.Equal(4, (await browser.EvaluateAsync("document.querySelectorAll('#samples img').length")).GetInt32());
        Assert.Equal("128x96", (await browser.EvaluateAsync(SizeOf("#samples img"))).GetString());
        await browser.EvaluateAsync("document.querySelector('#samples button').onclick()");
        Assert.Equal("128 96 0 255 255", (await browser.EvaluateAsync(PixelOfTranslation)).GetString());
        Assert.Equal("128x96", (await browser.EvaluateAsync(SizeOf("#compare"))).GetString());
        Assert.Equal("128x96", (await browser.EvaluateAsync(SizeOf("#after img"))).GetString());
        Assert.Equal(width, (await browser.EvaluateAsync("document.documentElement.scrollWidth")).GetInt32());
    }

    private static string SizeOf(string selector) =>
        $"(b => `${{b.width}}x${{b.height}}`)(document.querySelector('{selector}').getBoundingClientRect())";

    [Fact(Timeout = 120_000)]
    public async Task What_is_no_image_is_answered_with_the_servers_reason()
    {
        Assert.SkipWhen(Browser.WhyMissing is not null, Browser.WhyMissing ?? "");
        await using var sample = await WebSample.StartAsync();
        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(sample.Address);
        await browser.EvaluateAsync("started");
        await browser.EvaluateAsync(Finished);
        await browser.EvaluateAsync("take(new File(['not an image'], 'photo.png')); finished()");
        Assert.Equal("bad", (await browser.EvaluateAsync("document.getElementById('status').className")).GetString());
        Assert.Contains(
            "expected a JPEG, PNG, BMP, WebP or TIFF",
            (await browser.EvaluateAsync("document.getElementById('status').textContent")).GetString()!,
            StringComparison.Ordinal
        );
    }
}
