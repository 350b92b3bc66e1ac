using System.Net;
using ImageTranslation_Web;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Samples.Tests;

/// <summary>What visitors cost who send or read slowly, and how long they may.</summary>
[Collection("web")]
public sealed class WebLimitsTests
{
    private static readonly HttpClient s_client = new();
    private static readonly byte[] s_small = ImageEncoder.Encode(RgbImage.Filled(8, 8, 1, 2, 3), ImageFileFormat.Png);
    private static readonly byte[] s_large = Noise(2000);

    [Fact(Timeout = 120_000)]
    public async Task A_visitor_who_does_not_read_keeps_a_place_until_the_answer_is_sent()
    {
        await using var sample = await OnePlaceAsync();
        using var slow = await SlowVisitor.SendAsync(sample, s_large, s_large.Length);
        Assert.Equal("HTTP/1.1 200 OK", await slow.ReadStatusAsync());
        // Translated, and most of it on the server still: the only place is taken.
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(sample, s_small));
        var header = await slow.ReadHeadersAsync();
        // The model inverts noise to other noise; how long that is as PNG the server says.
        Assert.Equal(header, await slow.ReadRestAsync(header));
        await UntilAsync(sample, HttpStatusCode.OK);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_visitor_who_takes_too_long_to_read_is_cut_off()
    {
        await using var sample = await OnePlaceAsync("--Translation:AnswerSeconds=40");
        using var slow = await SlowVisitor.SendAsync(sample, s_large, s_large.Length);
        Assert.Equal("HTTP/1.1 200 OK", await slow.ReadStatusAsync());
        sample.Time.Advance(TimeSpan.FromSeconds(39));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(sample, s_small));
        sample.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(sample, HttpStatusCode.OK);
        Assert.InRange(await slow.ReadRestAsync(), 0, s_large.Length - 1);
    }

    [Fact(Timeout = 120_000)]
    public async Task Slow_uploads_take_no_place_from_those_who_have_sent_their_image()
    {
        await using var sample = await OnePlaceAsync("--Translation:Uploads=3");
        using var first = await SlowVisitor.SendAsync(sample, s_large, 1000);
        using var second = await SlowVisitor.SendAsync(sample, s_large, 1000);
        UntilUploads(sample, 2);
        // The place of the one before is given back a moment after its answer was read.
        for (var i = 0; i < 5; i++)
            await UntilAsync(sample, HttpStatusCode.OK);
        Assert.Equal(2, sample.Services.GetRequiredService<UploadPlaces>().Taken);
    }

    [Fact(Timeout = 120_000)]
    public async Task Slow_uploads_are_ended_and_make_room()
    {
        await using var sample = await OnePlaceAsync("--Translation:Uploads=2", "--Translation:UploadSeconds=30");
        using var first = await SlowVisitor.SendAsync(sample, s_large, 1000);
        using var second = await SlowVisitor.SendAsync(sample, s_large, 1000);
        UntilUploads(sample, 2);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(sample, s_small));
        var answers = Task.WhenAll(first.ReadStatusAsync(), second.ReadStatusAsync());
        // A place is taken a moment before the clock is asked.
        while (!answers.IsCompleted)
        {
            sample.Time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }
        Assert.All(await answers, status => Assert.StartsWith("HTTP/1.1 408 ", status));
        await UntilAsync(sample, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Connections_have_limits_of_size_number_and_speed()
    {
        await using var sample = await WebSample.StartAsync(
            true,
            "--Translation:MinimumBytesPerSecond=5000",
            "--Translation:Connections=9",
            "--Translation:MaximumBytes=70000"
        );
        var limits = sample.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.Equal(5000, limits.MinRequestBodyDataRate!.BytesPerSecond);
        Assert.Equal(5000, limits.MinResponseDataRate!.BytesPerSecond);
        Assert.Equal(9, limits.MaxConcurrentConnections);
        Assert.Equal(70000, limits.MaxRequestBodySize);
        Assert.InRange(limits.MaxResponseBufferSize!.Value, 1, 1 << 20);
        Assert.InRange(limits.MaxRequestBufferSize!.Value, 1, 1 << 20);
    }

    [Theory]
    [InlineData("--Translation:Workers=-1", "Translation:Workers is -1; expected 1 to 1024.")]
    [InlineData("--Translation:Workers=0", "Translation:Workers is 0; expected 1 to 1024.")]
    [InlineData("--Translation:QueueLength=-1", "Translation:QueueLength is -1; expected 0 to 1024.")]
    [InlineData("--Translation:Uploads=0", "Translation:Uploads is 0; expected 1 to 1024.")]
    [InlineData("--Translation:MaximumBytes=0", "Translation:MaximumBytes is 0; expected 1 to 1073741824.")]
    [InlineData("--Translation:MaximumPixels=-5", "Translation:MaximumPixels is -5; expected 1 to 200000000.")]
    [InlineData("--Translation:AnswerSeconds=0", "Translation:AnswerSeconds is 0; expected 1 to 3600.")]
    [InlineData("--Translation:ModelsFolder=/nowhere", "Translation:ModelsFolder is '/nowhere'")]
    [InlineData("--Translation:Workers=many", "'Translation:Workers'")]
    [InlineData("--Translation:Wrokers=2", "'Wrokers'")]
    public void Wrong_settings_are_refused_at_the_start(string setting, string reason)
    {
        var exception = Assert.ThrowsAny<Exception>(() => WebApplicationFactory.Create([setting]));
        Assert.Contains(reason, StartupErrors.Explain(exception));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("--Translation:Workers=-1", "Translation:Workers is -1; expected 1 to 1024.")]
    [InlineData("--urls=nowhere", "Invalid url: 'nowhere'")]
    public async Task The_program_ends_with_2_and_a_line_where_a_setting_is_wrong(string setting, string line)
    {
        var (code, _, error) = await SampleProcess.RunAsync("ImageTranslation_Web", AppContext.BaseDirectory, setting);
        Assert.Equal(2, code);
        Assert.Equal(line, error.Trim());
    }

    // An address in appsettings.json would overrule ASPNETCORE_URLS, and ASPNETCORE_HTTP_PORTS of .NET's containers.
    [Fact]
    public void The_settings_leave_the_address_to_the_environment() =>
        Assert.Null(WebApplicationFactory.Create([]).Configuration["urls"]);

    private static Task<WebSample> OnePlaceAsync(params string[] settings) =>
        WebSample.StartAsync(
            true,
            [
                "--Translation:Workers=1",
                "--Translation:QueueLength=0",
                "--Translation:MaximumBytes=20000000",
                // What is slow is decided by the test's clock alone.
                "--Translation:MinimumBytesPerSecond=1",
                .. settings,
            ]
        );

    private static async Task<HttpStatusCode> PostAsync(WebSample sample, byte[] image)
    {
        using var response = await s_client.PostAsync(
            new Uri(sample.Address, "api/translate"),
            new ByteArrayContent(image)
        );
        return response.StatusCode;
    }

    private static async Task UntilAsync(WebSample sample, HttpStatusCode expected)
    {
        while (await PostAsync(sample, s_small) != expected) { }
    }

    private static void UntilUploads(WebSample sample, int count)
    {
        var places = sample.Services.GetRequiredService<UploadPlaces>();
        SpinWait.SpinUntil(() => places.Taken == count);
    }

    // What no PNG makes smaller: more than the buffers of a connection take.
    private static byte[] Noise(int side)
    {
        var pixels = new byte[side * side * 3];
        new Random(1).NextBytes(pixels);
        return ImageEncoder.Encode(new RgbImage(side, side, pixels), ImageFileFormat.Png);
    }
}
