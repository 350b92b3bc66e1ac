using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ImageTranslation_Web;
using Microsoft.Extensions.DependencyInjection;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Samples.Tests;

[Collection("web")]
public sealed class WebApiTests
{
    private static readonly HttpClient s_client = new();
    private static readonly RgbImage s_image = AerialMapSynthesizer.Create(5, 50).Aerial;

    [Fact]
    public async Task Translates_an_image_of_any_size()
    {
        await using var sample = await WebSample.StartAsync();
        using var response = await Post(sample, Png(s_image));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        var translated = ImageDecoder.Decode(await response.Content.ReadAsByteArrayAsync(), "answer");
        Assert.Equal(s_image.Pixels.Select(level => (byte)(255 - level)), translated.Pixels);
    }

    [Fact]
    public async Task Lists_its_models()
    {
        await using var sample = await WebSample.StartAsync();
        var models = await s_client.GetFromJsonAsync<JsonElement>(new Uri(sample.Address, "api/models"));
        Assert.Equal(WebSample.ModelName, models.EnumerateArray().Single().GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("../negative")]
    [InlineData("/etc/passwd")]
    public async Task An_unknown_model_is_not_found(string model)
    {
        await using var sample = await WebSample.StartAsync();
        using var response = await Post(sample, Png(s_image), model);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task What_is_no_image_is_refused_with_the_reason()
    {
        await using var sample = await WebSample.StartAsync();
        using var response = await Post(sample, "This is not an image."u8.ToArray());
        await Refused(HttpStatusCode.UnsupportedMediaType, response, "expected a JPEG, PNG, BMP, WebP or TIFF");
    }

    [Fact]
    public async Task What_a_model_does_not_read_is_refused_with_the_reason()
    {
        await using var sample = await WebSample.StartAsync();
        WebSample.WriteLabelModel(sample.ModelFile("labels.onnx"), readsInstances: false);
        WebSample.WriteLabelModel(sample.ModelFile("both.onnx"), readsInstances: true);
        using var other = await Post(sample, Png(RgbImage.Filled(16, 16, 3, 3, 3)), "labels");
        string reason = await Refused(HttpStatusCode.UnprocessableEntity, other, "level 3 at column 0, row 0");
        Assert.EndsWith(
            "model 'labels' reads label images with gray levels of 0 to 2, the numbers of its classes.",
            reason
        );
        using var colours = await Post(sample, Png(s_image), "labels");
        await Refused(HttpStatusCode.UnprocessableEntity, colours, "which is no gray");
        using var alone = await Post(sample, Png(RgbImage.Filled(16, 16, 1, 1, 1)), "both");
        reason = await Refused(HttpStatusCode.UnprocessableEntity, alone, "model 'both' reads an instance image");
        Assert.DoesNotContain("Parameter", reason, StringComparison.Ordinal);
        // What it reads is translated.
        using var labels = await Post(sample, Png(RgbImage.Filled(16, 16, 2, 2, 2)), "labels");
        Assert.Equal(HttpStatusCode.OK, labels.StatusCode);
    }

    [Fact]
    public async Task Too_many_pixels_or_bytes_are_refused()
    {
        await using var sample = await WebSample.StartAsync(
            true,
            "--Translation:MaximumPixels=2499",
            "--Translation:MaximumBytes=20000"
        );
        using var pixels = await Post(sample, Png(s_image));
        await Refused(HttpStatusCode.RequestEntityTooLarge, pixels, "50x50, 2500 pixels; at most 2499");
        using var bytes = await Post(sample, new byte[20001]);
        await Refused(HttpStatusCode.RequestEntityTooLarge, bytes, "Images of at most");
        // Who does not say the length is stopped when there is more than allowed. One byte more, so that the client is
        // not still sending when the server closes the connection, and sees the answer.
        using var streamed = new HttpRequestMessage(HttpMethod.Post, Address(sample, WebSample.ModelName))
        {
            Content = new ByteArrayContent(new byte[20001]),
        };
        streamed.Headers.TransferEncodingChunked = true;
        using var answer = await s_client.SendAsync(streamed);
        await Refused(HttpStatusCode.RequestEntityTooLarge, answer, "Images of at most");
        var limits = await s_client.GetFromJsonAsync<JsonElement>(new Uri(sample.Address, "api/limits"));
        Assert.Equal((20000, 2499), (limits.GetProperty("bytes").GetInt32(), limits.GetProperty("pixels").GetInt32()));
    }

    [Theory]
    [InlineData("GET", "api/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "api/translate", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "api/sample?seed=x", HttpStatusCode.BadRequest)]
    public async Task Every_error_is_JSON(string method, string address, HttpStatusCode expected)
    {
        await using var sample = await WebSample.StartAsync();
        using var request = new HttpRequestMessage(new(method), new Uri(sample.Address, address));
        using var response = await s_client.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Damaged_models_are_left_out()
    {
        await using var sample = await WebSample.StartAsync();
        File.WriteAllText(sample.ModelFile("broken.onnx"), "this is no model");
        var models = await s_client.GetFromJsonAsync<JsonElement>(new Uri(sample.Address, "api/models"));
        Assert.Equal(WebSample.ModelName, models.EnumerateArray().Single().GetProperty("name").GetString());
        using var response = await Post(sample, Png(s_image), "broken");
        await Refused(HttpStatusCode.NotFound, response, "'broken'");
    }

    [Fact]
    public async Task Samples_are_the_models_own_as_they_are()
    {
        await using var sample = await WebSample.StartAsync();
        using var none = await s_client.GetAsync(new Uri(sample.Address, "api/sample?seed=3"));
        await Refused(HttpStatusCode.NotFound, none, "no sample images");
        using var unknown = await s_client.GetAsync(new Uri(sample.Address, "api/sample?model=.."));
        await Refused(HttpStatusCode.NotFound, unknown, "'..'");
        Directory.CreateDirectory(sample.ModelFile("samples/" + WebSample.ModelName));
        File.CreateSymbolicLink(sample.ModelFile($"samples/{WebSample.ModelName}/a.png"), "/nowhere");
        var file = Png(s_image);
        await File.WriteAllBytesAsync(sample.ModelFile($"samples/{WebSample.ModelName}/b.png"), file);
        foreach (var query in new[] { "", $"?model={WebSample.ModelName}&seed=3", "?seed=-2147483648" })
        {
            using var own = await s_client.GetAsync(new Uri(sample.Address, "api/sample" + query));
            Assert.Equal("image/png", own.Content.Headers.ContentType?.MediaType);
            Assert.Equal(file, await own.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task A_full_queue_sends_visitors_away_and_counts_them()
    {
        await using var sample = await WebSample.StartAsync(
            true,
            "--Translation:Workers=1",
            "--Translation:QueueLength=1"
        );
        // Nobody works, two may wait: the third is told to come back.
        using var held = sample.Services.GetRequiredService<TranslationWorkers>().Hold();
        Assert.True(held.IsAcquired);
        using var patience = new CancellationTokenSource();
        var waiting = Enumerable
            .Range(0, 2)
            .Select(_ =>
                s_client.PostAsync(
                    Address(sample, WebSample.ModelName),
                    new ByteArrayContent(Png(s_image)),
                    patience.Token
                )
            )
            .ToList();
        while (await Metric(sample, "translation_waiting") != 2) { }
        using var third = await Post(sample, Png(s_image));
        await Refused(HttpStatusCode.ServiceUnavailable, third, "Too many images are waiting");
        Assert.True(third.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        // It is counted when its answer has been sent.
        while (await Metric(sample, "http_server_request_duration_seconds_count", "503") != 1) { }
        await patience.CancelAsync();
        foreach (var visitor in waiting)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => visitor);
        // Who left has made room.
        while (await Metric(sample, "translation_waiting") != 0) { }
    }

    [Fact]
    public async Task Under_a_flood_every_visitor_gets_an_image_or_is_told_to_come_back()
    {
        await using var sample = await WebSample.StartAsync(
            true,
            "--Translation:Workers=2",
            "--Translation:QueueLength=4"
        );
        var image = Png(AerialMapSynthesizer.Create(6, 400).Aerial);
        int translated = 0,
            refused = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 200),
            new ParallelOptions { MaxDegreeOfParallelism = 50 },
            async (_, _) =>
            {
                using var response = await Post(sample, image);
                if (response.StatusCode == HttpStatusCode.OK)
                    Interlocked.Increment(ref translated);
                else
                {
                    await Refused(HttpStatusCode.ServiceUnavailable, response, "try again");
                    Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
                    Interlocked.Increment(ref refused);
                }
            }
        );
        Assert.True(translated >= 6, $"{translated} translated");
        Assert.Equal(translated, await Metric(sample, "translation_duration_seconds_count"));
        // All places are free again.
        HttpStatusCode status;
        do
        {
            using var after = await Post(sample, image);
            status = after.StatusCode;
        } while (status == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData("GET", "", HttpStatusCode.OK)]
    [InlineData("HEAD", "", HttpStatusCode.OK)]
    [InlineData("HEAD", "health", HttpStatusCode.OK)]
    [InlineData("HEAD", "api/models", HttpStatusCode.OK)]
    [InlineData("GET", "page.js", HttpStatusCode.OK)]
    [InlineData("GET", "page.css", HttpStatusCode.OK)]
    [InlineData("GET", "api/limits", HttpStatusCode.OK)]
    [InlineData("GET", "metrics", HttpStatusCode.OK)]
    [InlineData("GET", "api/nothing", HttpStatusCode.NotFound)]
    [InlineData("POST", "api/translate", HttpStatusCode.UnsupportedMediaType)]
    public async Task Every_answer_tells_browsers_what_it_may_do(string method, string address, HttpStatusCode expected)
    {
        await using var sample = await WebSample.StartAsync();
        using var request = new HttpRequestMessage(new(method), new Uri(sample.Address, address));
        using var response = await s_client.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_whether_there_is_a_model()
    {
        await using var healthy = await WebSample.StartAsync();
        await using var empty = await WebSample.StartAsync(withModel: false);
        Assert.Equal(HttpStatusCode.OK, (await s_client.GetAsync(new Uri(healthy.Address, "health"))).StatusCode);
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable,
            (await s_client.GetAsync(new Uri(empty.Address, "health"))).StatusCode
        );
    }

    [Fact]
    public async Task Many_visitors_at_once_all_get_their_own_image()
    {
        await using var sample = await WebSample.StartAsync(
            true,
            "--Translation:Workers=4",
            "--Translation:QueueLength=64"
        );
        await Parallel.ForEachAsync(
            Enumerable.Range(1, 32),
            async (level, _) =>
            {
                using var response = await Post(sample, Png(RgbImage.Filled(16, 16, (byte)level, 0, 255)));
                var answer = ImageDecoder.Decode(await response.Content.ReadAsByteArrayAsync(), "answer");
                Assert.Equal(((byte)(255 - level), (byte)255, (byte)0), answer[7, 7]);
            }
        );
        Assert.Equal(32, await Metric(sample, "translation_duration_seconds_count"));
    }

    // RFC 9457: an error is JSON with status and reason.
    private static async Task<string> Refused(HttpStatusCode expected, HttpResponseMessage response, string reason)
    {
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        string detail = problem.GetProperty("detail").GetString()!;
        Assert.Contains(reason, detail, StringComparison.Ordinal);
        return detail;
    }

    private static byte[] Png(RgbImage image) => ImageEncoder.Encode(image, ImageFileFormat.Png);

    private static Uri Address(WebSample sample, string model) =>
        new(sample.Address, "api/translate?model=" + Uri.EscapeDataString(model));

    private static Task<HttpResponseMessage> Post(WebSample sample, byte[] body, string model = WebSample.ModelName) =>
        s_client.PostAsync(Address(sample, model), new ByteArrayContent(body));

    // The sum of a metric's values over all lines that carry the label.
    private static async Task<double> Metric(WebSample sample, string name, string label = "")
    {
        var text = await s_client.GetStringAsync(new Uri(sample.Address, "metrics"));
        return text.Split('\n')
            .Where(line =>
                line.StartsWith(name + "{", StringComparison.Ordinal)
                && line.Contains($"\"{label}", StringComparison.Ordinal)
            )
            .Sum(line =>
                double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture)
            );
    }
}
