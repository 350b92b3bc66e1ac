using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Samples.Tests.Web;

public sealed class WebApiTests
{
    private static readonly HttpClient s_client = new();
    private static readonly RgbImage s_picture = AerialMapSynthesizer.Create(5, 50).Aerial;

    [Fact]
    public async Task TranslatesAPictureOfAnySize()
    {
        await using var sample = await WebSample.StartAsync();
        using var response = await Post(sample, Png(s_picture));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        var translated = ImageDecoder.Decode(await response.Content.ReadAsByteArrayAsync(), "answer");
        Assert.Equal(s_picture.Pixels.Select(level => (byte)(255 - level)), translated.Pixels);
    }

    [Fact]
    public async Task ListsItsModels()
    {
        await using var sample = await WebSample.StartAsync();
        var models = await s_client.GetFromJsonAsync<JsonElement>(new Uri(sample.Address, "api/models"));
        Assert.Equal(WebSample.ModelName, models.EnumerateArray().Single().GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("../negative")]
    [InlineData("/etc/passwd")]
    public async Task AnUnknownModelIsNotFound(string model)
    {
        await using var sample = await WebSample.StartAsync();
        using var response = await Post(sample, Png(s_picture), model);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task WhatIsNoPictureIsRefusedWithTheReason()
    {
        await using var sample = await WebSample.StartAsync();
        using var response = await Post(sample, "This is not a picture."u8.ToArray());
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("expected a JPEG, PNG, BMP or WebP", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooManyPixelsOrBytesAreRefused()
    {
        await using var sample = await WebSample.StartAsync(true, "--Translation:MaximumPixels=2499", "--Translation:MaximumBytes=20000");
        using var pixels = await Post(sample, Png(s_picture));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, pixels.StatusCode);
        Assert.Contains("at most 2499 are allowed", await pixels.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var bytes = await Post(sample, new byte[20001]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, bytes.StatusCode);
    }

    [Fact]
    public async Task AFullQueueSendsVisitorsAwayAndCountsThem()
    {
        // Nobody works, two may wait: the third is told to come back.
        await using var sample = await WebSample.StartAsync(true, "--Translation:Workers=0", "--Translation:QueueLength=2");
        using var patience = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 2).Select(_ => s_client.PostAsync(Address(sample, WebSample.ModelName), new ByteArrayContent(Png(s_picture)), patience.Token)).ToList();
        while (!(await Metrics(sample)).Contains("translation_waiting 2", StringComparison.Ordinal)) { }
        using var third = await Post(sample, Png(s_picture));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, third.StatusCode);
        Assert.True(third.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Contains("translation_refused_total{status=\"503\"} 1", await Metrics(sample), StringComparison.Ordinal);
        await patience.CancelAsync();
        foreach (var visitor in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => visitor);
    }

    [Fact]
    public async Task HealthSaysWhetherThereIsAModel()
    {
        await using var healthy = await WebSample.StartAsync();
        await using var empty = await WebSample.StartAsync(withModel: false);
        Assert.Equal(HttpStatusCode.OK, (await s_client.GetAsync(new Uri(healthy.Address, "health"))).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await s_client.GetAsync(new Uri(empty.Address, "health"))).StatusCode);
    }

    [Fact]
    public async Task ManyVisitorsAtOnceAllGetTheirOwnPicture()
    {
        await using var sample = await WebSample.StartAsync(true, "--Translation:Workers=4", "--Translation:QueueLength=64");
        await Parallel.ForEachAsync(Enumerable.Range(1, 32), async (level, _) =>
        {
            using var response = await Post(sample, Png(RgbImage.Filled(16, 16, (byte)level, 0, 255)));
            var answer = ImageDecoder.Decode(await response.Content.ReadAsByteArrayAsync(), "answer");
            Assert.Equal(((byte)(255 - level), (byte)255, (byte)0), answer[7, 7]);
        });
        Assert.Contains("translation_seconds_count 32", await Metrics(sample), StringComparison.Ordinal);
    }

    private static byte[] Png(RgbImage picture) => ImageEncoder.Encode(picture, ImageFileFormat.Png);

    private static Uri Address(WebSample sample, string model) => new(sample.Address, "api/translate?model=" + Uri.EscapeDataString(model));

    private static Task<HttpResponseMessage> Post(WebSample sample, byte[] body, string model = WebSample.ModelName) => s_client.PostAsync(Address(sample, model), new ByteArrayContent(body));

    private static Task<string> Metrics(WebSample sample) => s_client.GetStringAsync(new Uri(sample.Address, "metrics"));
}
