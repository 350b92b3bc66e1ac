using System.Diagnostics;
using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Whose failure it was: the model's, the image's, or that of a folder among others.</summary>
public sealed class FolderFailureTests : IDisposable
{
    // Each copies its input, and runs on any black image, so that the engine finds nothing wrong. 'fails' looks up a
    // table of one entry by the brightest value. 'greedy' makes a tensor of (height x width)^3 numbers where there is a
    // bright pixel: 1 MB for 8x8, 17 TB for 128x128.
    private const string Models = """
        import sys, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as n
        side = ['N', 3, 'H', 'W']
        def save(name, nodes, initializers):
            io = [[h.make_tensor_value_info(k, T.FLOAT, side)] for k in 'xy']
            g = h.make_graph(nodes, name, *io, [n.from_array(v, k) for k, v in initializers.items()])
            onnx.save(h.make_model(g, opset_imports=[h.make_opsetid('', 13)], ir_version=7), f'{sys.argv[1]}/{name}.onnx')
        save('fails', [
            h.make_node('ReduceMax', ['x'], ['m'], keepdims=0),
            h.make_node('Ceil', ['m'], ['c']),
            h.make_node('Cast', ['c'], ['i'], to=T.INT64),
            h.make_node('Gather', ['table', 'i'], ['t']),
            h.make_node('Add', ['x', 't'], ['y']),
        ], {'table': np.zeros(1, np.float32)})
        save('greedy', [
            h.make_node('Shape', ['x'], ['s']),
            h.make_node('Slice', ['s', 'two', 'four'], ['hw']),
            h.make_node('ReduceProd', ['hw'], ['area'], keepdims=1),
            h.make_node('ReduceMax', ['x'], ['m'], keepdims=0),
            h.make_node('Ceil', ['m'], ['c']),
            h.make_node('Cast', ['c'], ['i'], to=T.INT64),
            h.make_node('Mul', ['area', 'i'], ['lit']),
            h.make_node('Max', ['lit', 'one'], ['p']),
            h.make_node('Concat', ['p', 'p', 'p'], ['ppp'], axis=0),
            h.make_node('ConstantOfShape', ['ppp'], ['big']),
            h.make_node('ReduceMax', ['big'], ['zero'], keepdims=0),
            h.make_node('Add', ['x', 'zero'], ['y']),
        ], {'one': np.array([1]), 'two': np.array([2]), 'four': np.array([4])})
        """;

    private readonly TemporaryFolder _folder = new();

    private string Input => _folder.File("in");

    private string Output => _folder.File("out");

    private string Report => _folder.File("report.jsonl");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_models_failure_ends_the_work_whatever_is_done_about_bad_images(bool fail)
    {
        using var engine = Engine("fails");
        Save("black.png", RgbImage.Filled(8, 8, 0, 0, 0));
        for (int i = 0; i < 3; i++)
        {
            Save($"white{i}.png", RgbImage.Filled(8, 8, 255, 255, 255));
        }

        var failure = Assert.Throws<InvalidOperationException>(() =>
            new FolderTranslator(engine, new() { FailOnBadImage = fail, Workers = 1 }).Translate(Input, Output)
        );
        Assert.Contains(_folder.File("fails.onnx"), failure.Message);
        // What came before it is kept, what came after it is not tried.
        Assert.Equal(["black.png"], Directory.GetFiles(Output).Select(Path.GetFileName));
    }

    [Fact]
    public void An_image_that_is_too_large_for_the_memory_costs_a_line()
    {
        using var engine = Engine("greedy");
        Save("a.png", RgbImage.Filled(8, 8, 1, 2, 3));
        Save("large1.png", RgbImage.Filled(128, 128, 1, 2, 3));
        Save("large2.png", RgbImage.Filled(128, 128, 1, 2, 3));
        Save("z.png", RgbImage.Filled(8, 8, 1, 2, 3));
        var done = new FolderTranslator(engine, new() { ReportFile = Report, Workers = 4 }).Translate(Input, Output);
        Assert.Equal((2, 2), (done.Translated, done.Failed));
        var errors = Errors();
        Assert.Equal(["large1.png", "large2.png"], errors.Keys.Order(StringComparer.Ordinal));
        Assert.All(errors.Values, error => Assert.Contains("more memory than there is", error));
    }

    [Fact(Timeout = 60_000)]
    public async Task Links_to_devices_and_pipes_are_bad_images_that_are_not_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Devices and named pipes of POSIX systems.");
        using var engine = Engine();
        Save("a.png", RgbImage.Filled(8, 8, 1, 2, 3));
        using (var pipe = Process.Start("mkfifo", [_folder.File("pipe")]))
        {
            await pipe.WaitForExitAsync();
        }

        File.CreateSymbolicLink(Path.Combine(Input, "device.png"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(Input, "pipe.png"), _folder.File("pipe"));
        File.CreateSymbolicLink(_folder.File("chain"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(Input, "chain.png"), _folder.File("chain"));
        File.CreateSymbolicLink(Path.Combine(Input, "linked.png"), Path.Combine(Input, "a.png"));
        var options = new FolderTranslationOptions { ReportFile = Report };
        var done = await Task.Run(() => new FolderTranslator(engine, options).Translate(Input, Output));
        Assert.Equal((2, 3), (done.Translated, done.Failed));
        var errors = Errors();
        Assert.Equal(["chain.png", "device.png", "pipe.png"], errors.Keys.Order(StringComparer.Ordinal));
        Assert.All(errors.Values, error => Assert.Contains("regular file", error));
    }

    [Fact]
    public void A_linked_file_counts_with_its_own_length()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        using var engine = Engine();
        Save("a.png", RgbImage.Filled(8, 8, 1, 2, 3));
        // Longer than the link's text, shorter than the file.
        int limit = (int)new FileInfo(Path.Combine(Input, "a.png")).Length - 1;
        Directory.CreateDirectory(_folder.File("links"));
        File.CreateSymbolicLink(_folder.File("links/a.png"), "../in/a.png");
        var options = new FolderTranslationOptions
        {
            Decoder = ImageDecoderOptions.Default with { MaxFileBytes = limit },
            ReportFile = Report,
        };
        Assert.Equal(1, new FolderTranslator(engine, options).Translate(_folder.File("links"), Output).Failed);
        Assert.Contains($"at most {limit} are allowed", Errors()["a.png"]);
    }

    [Fact]
    public void A_folder_that_cannot_be_read_costs_one_line()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Long paths differ there.");
        using var engine = Engine();
        Save("a.png", RgbImage.Filled(8, 8, 1, 2, 3));
        Save("sub/b.png", RgbImage.Filled(8, 8, 1, 2, 3));
        // Not even root can list a folder whose path is longer than the system allows (4096 bytes); only a shell that
        // goes down step by step can make and delete one.
        string name = new('n', 250);
        Shell($"cd \"$1\" && for i in $(seq 17); do mkdir {name} && cd -P ./{name} || exit 1; done", Input);
        try
        {
            var options = new FolderTranslationOptions { ReportFile = Report };
            var done = new FolderTranslator(engine, options).Translate(Input, Output);
            Assert.Equal((2, 1, 3), (done.Translated, done.Failed, done.Total));
            var (folder, error) = Assert.Single(Errors());
            Assert.StartsWith(name, folder);
            Assert.Contains("cannot be read", error);
            done = new FolderTranslator(engine, options with { Exclude = [name + "/**"] }).Translate(Input, Output);
            Assert.Equal((2, 0), (done.Translated, done.Failed));
            Assert.Throws<InvalidDataException>(() =>
                new FolderTranslator(engine, new() { FailOnBadImage = true }).Translate(Input, Output)
            );
        }
        finally
        {
            Shell("rm -rf \"$1\"", Input);
        }
    }

    [Fact]
    public void A_wrong_pattern_leaves_no_folder_behind()
    {
        using var engine = Engine();
        Save("a.png", RgbImage.Filled(8, 8, 1, 2, 3));
        Assert.Equal(0, new FolderTranslator(engine, new() { Include = ["*.bmp"] }).Translate(Input, Output).Total);
        Assert.False(Directory.Exists(Output));
    }

    private static TranslationEngine Engine() =>
        new(TestModels.Export(TestModels.Strided), new() { Device = TranslationDevice.Cpu, Threads = 1 });

    private TranslationEngine Engine(string model)
    {
        Assert.SkipWhen(PythonOracle.WhyMissing("onnx") is not null, PythonOracle.WhyMissing("onnx") ?? "");
        PythonOracle.Run(Models, _folder.Path);
        return new(
            _folder.File(model + ".onnx"),
            new()
            {
                Device = TranslationDevice.Cpu,
                Threads = 1,
                PixelRange = PixelRange.ZeroToOne,
                SizeMultiple = 1,
                TilePixels = 0,
            }
        );
    }

    private void Save(string name, RgbImage image)
    {
        string path = Path.Combine(Input, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        ImageEncoder.Save(image, path);
    }

    private Dictionary<string, string> Errors() =>
        File.ReadLines(Report)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.TryGetProperty("error", out _))
            .ToDictionary(
                line => line.GetProperty("file").GetString()!,
                line => line.GetProperty("error").GetString()!
            );

    private static void Shell(string script, string argument)
    {
        using var shell = Process.Start("/bin/bash", ["-c", script, "bash", argument]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
