using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using ImageTranslation_Web;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Samples.Tests;

/// <summary>The models' folder while the program runs: damaged, mended, replaced, and full of odd things.</summary>
[Collection("web")]
public sealed partial class WebModelsTests
{
    private static readonly HttpClient s_client = new();
    private static readonly byte[] s_image = ImageEncoder.Encode(
        RgbImage.Filled(8, 8, 10, 20, 30),
        ImageFileFormat.Png
    );

    [Fact(Timeout = 120_000)]
    public async Task Entries_that_cannot_be_read_concern_nobody_else()
    {
        await using var sample = await WebSample.StartAsync();
        File.CreateSymbolicLink(sample.ModelFile("dangling.onnx"), "/nowhere/model.onnx");
        File.CreateSymbolicLink(sample.ModelFile("itself.onnx"), "itself.onnx");
        File.CreateSymbolicLink(sample.ModelFile("zero.onnx"), "/dev/zero");
        Directory.CreateSymbolicLink(sample.ModelFile("circle"), ".");
        Directory.CreateDirectory(sample.ModelFile("folder.onnx"));
        Directory.CreateDirectory(sample.ModelFile("closed"));
        File.WriteAllText(sample.ModelFile("empty.onnx"), "");
        File.WriteAllText(sample.ModelFile("text.onnx"), "this is no model");
        Assert.Equal(0, MakePipe(sample.ModelFile("pipe.onnx"), 0x1A4));
        File.CreateSymbolicLink(sample.ModelFile("linked.onnx"), sample.ModelFile(WebSample.ModelName + ".onnx"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(sample.ModelFile("closed"), UnixFileMode.None);
        Assert.Equal(["linked", WebSample.ModelName], (await ListAsync(sample)).Select(Name));
        Assert.Equal((HttpStatusCode.OK, (byte)245), await TranslateAsync(sample, "linked"));
        Assert.Equal(HttpStatusCode.OK, (await s_client.GetAsync(new Uri(sample.Address, "health"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await TranslateAsync(sample, "pipe")).Status);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_model_that_failed_is_tried_again_when_its_file_is_mended()
    {
        await using var sample = await WebSample.StartAsync();
        var file = sample.ModelFile("other.onnx");
        await File.WriteAllTextAsync(file, "this is no model");
        Assert.Equal(HttpStatusCode.NotFound, (await TranslateAsync(sample, "other")).Status);

        // A model by its structure, but of an operator that nobody knows: found when it is loaded.
        WebSample.WriteModel(file);
        var bytes = await File.ReadAllBytesAsync(file);
        bytes.AsSpan(bytes.AsSpan().IndexOf("Conv"u8), 4).Reverse();
        await File.WriteAllBytesAsync(file, bytes);
        Assert.Equal(HttpStatusCode.InternalServerError, (await TranslateAsync(sample, "other")).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await TranslateAsync(sample, "other")).Status);

        WebSample.WriteModel(file);
        Assert.Equal((HttpStatusCode.OK, (byte)245), await TranslateAsync(sample, "other"));
        // And a sound one that is replaced.
        WebSample.WriteModel(file, 1);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(1));
        Assert.Equal((HttpStatusCode.OK, (byte)10), await TranslateAsync(sample, "other"));
        File.Delete(file);
        Assert.Equal(HttpStatusCode.NotFound, (await TranslateAsync(sample, "other")).Status);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_failed_for_another_reason_than_its_file_is_tried_again_after_a_while()
    {
        await using var sample = await WebSample.StartAsync();
        var file = sample.ModelFile("other.onnx");
        WebSample.WriteModel(file);
        var bytes = await File.ReadAllBytesAsync(file);
        var time = File.GetLastWriteTimeUtc(file);
        await File.WriteAllBytesAsync(file, new byte[bytes.Length]);
        File.SetLastWriteTimeUtc(file, time);
        Assert.Equal(HttpStatusCode.NotFound, (await TranslateAsync(sample, "other")).Status);
        // The same length and time: nobody can tell that it is another file.
        await File.WriteAllBytesAsync(file, bytes);
        File.SetLastWriteTimeUtc(file, time);
        Assert.Equal(HttpStatusCode.NotFound, (await TranslateAsync(sample, "other")).Status);
        sample.Time.Advance(ModelStore.Patience);
        Assert.Equal(HttpStatusCode.OK, (await TranslateAsync(sample, "other")).Status);
    }

    [Fact]
    public async Task Cards_say_what_a_model_makes_of_what_and_those_with_samples_come_first()
    {
        await using var sample = await WebSample.StartAsync(
            true,
            "--Translation:Descriptions:negative=photo → negative"
        );
        WebSample.WriteModel(sample.ModelFile("horse2zebra.onnx"));
        WebSample.WriteModel(sample.ModelFile("a.onnx"));
        Directory.CreateDirectory(sample.ModelFile("samples/negative"));
        await File.WriteAllBytesAsync(sample.ModelFile("samples/negative/1.png"), s_image);
        var list = await ListAsync(sample);
        Assert.Equal(["negative", "a", "horse2zebra"], list.Select(Name));
        Assert.Equal(
            ["photo → negative", null, "horse → zebra"],
            list.Select(model => model.GetProperty("makes").GetString())
        );
        Assert.Equal([1, 0, 0], list.Select(model => model.GetProperty("samples").GetInt32()));
    }

    [Theory]
    [InlineData("horse2zebra", "horse → zebra")]
    [InlineData("sketch_to_photo", "sketch → photo")]
    [InlineData("day-to-night", "day → night")]
    [InlineData("maps", null)]
    [InlineData("resnet-2", null)]
    [InlineData("v2", null)]
    public void Names_in_the_habit_of_the_field_say_what_a_model_makes(string name, string? expected) =>
        Assert.Equal(expected, ModelNames.Describe(name));

    private static string? Name(JsonElement model) => model.GetProperty("name").GetString();

    private static async Task<List<JsonElement>> ListAsync(WebSample sample) =>
        [.. (await s_client.GetFromJsonAsync<JsonElement>(new Uri(sample.Address, "api/models"))).EnumerateArray()];

    private static async Task<(HttpStatusCode Status, byte Red)> TranslateAsync(WebSample sample, string model)
    {
        using var response = await s_client.PostAsync(
            new Uri(sample.Address, "api/translate?model=" + model),
            new ByteArrayContent(s_image)
        );
        return response.StatusCode == HttpStatusCode.OK
            ? (
                response.StatusCode,
                ImageDecoder.Decode(await response.Content.ReadAsByteArrayAsync(), "answer")[0, 0].R
            )
            : (response.StatusCode, (byte)0);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}
