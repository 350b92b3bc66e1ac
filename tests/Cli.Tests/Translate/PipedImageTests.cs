using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>One image from standard input to standard output, as shells and other programs use it.</summary>
public sealed class PipedImageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _image = ImageEncoder.Encode(RgbImage.Filled(9, 5, 200, 20, 90), ImageFileFormat.Png);

    public PipedImageTests() => SmallModel.Save(_folder.File("model.onnx"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Images_go_through_in_the_format_asked_for()
    {
        using var engine = new TranslationEngine(_folder.File("model.onnx"));
        byte[] expected = engine.Translate(ImageDecoder.Decode(_image, "image")).Pixels;
        foreach (var (format, kind) in new[] { ("png", ImageFileFormat.Png), ("webp", ImageFileFormat.WebP) })
        {
            var (code, output, error) = await Pipe(_image, "--output", "-", "--format", format);
            Assert.Equal((0, ""), (code, error));
            Assert.Equal(kind, ImageHeader.Read(output, "output").Format);
            Assert.Equal(expected, ImageDecoder.Decode(output, "output").Pixels);
        }
        // A named pipe, such as <(curl …) is one, is no file that can be measured.
        Assert.Equal(
            0,
            (
                await ImtProcess.PipeAsync(
                    _image,
                    "translate",
                    "--model",
                    _folder.File("model.onnx"),
                    "--input",
                    "/dev/stdin",
                    "--output",
                    _folder.File("a.png")
                )
            ).ExitCode
        );
        Assert.Equal(expected, ImageDecoder.Decode(_folder.File("a.png")).Pixels);
    }

    [Fact]
    public async Task What_is_no_image_is_refused_and_nothing_is_written()
    {
        (byte[] Input, string[] Options, string Reason)[] mistakes =
        [
            ([], [], "the file is empty"),
            ("no image"u8.ToArray(), [], "expected a JPEG, PNG, BMP, WebP or TIFF"),
            (_image[..^20], [], "cut short"),
            (_image, ["--max-pixels", "44"], "at most 44 are allowed"),
        ];
        foreach (var (input, options, reason) in mistakes)
        {
            var (code, output, error) = await Pipe(input, ["--output", "-", .. options]);
            Assert.Equal(2, code);
            Assert.Empty(output);
            Assert.Contains("'standard input'", error);
            Assert.Contains(reason, error);
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData("TERM", 15)]
    [InlineData("INT", 2)]
    public async Task A_signal_frees_whoever_waits_for_a_pipe(string signal, int number)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes with names.");
        ImtProcess.SkipIfIgnored(number);
        string pipe = _folder.File("pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        string[] arguments =
        [
            "translate",
            "--model",
            _folder.File("model.onnx"),
            "--input",
            pipe,
            "--output",
            _folder.File("b.png"),
        ];
        using var run = new ImtProcess(arguments);
        try
        {
            // Opens when the other end does, which then waits for bytes.
            using var writer = await Task.Run(
                () => File.OpenHandle(pipe, FileMode.Open, FileAccess.Write),
                TestContext.Current.CancellationToken
            );
            run.Signal(signal);
            await run.Ended.WaitAsync(TestContext.Current.CancellationToken);
            Assert.Equal((128 + number, ""), run.End());
        }
        finally
        {
            run.Kill();
        }
        Assert.False(File.Exists(_folder.File("b.png")));
    }

    private Task<(int ExitCode, byte[] Output, string Error)> Pipe(byte[] input, params string[] options) =>
        ImtProcess.PipeAsync(input, ["translate", "--model", _folder.File("model.onnx"), "--input", "-", .. options]);
}
