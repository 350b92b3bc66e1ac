using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Values beside the file, and local functions: what ONNX Runtime makes of them itself is the measure.</summary>
public sealed class CompletedModelTests(CompletedModels models) : IClassFixture<CompletedModels>
{
    private static readonly TranslationEngineOptions s_unit = new()
    {
        Device = TranslationDevice.Cpu,
        Threads = 1,
        PixelRange = PixelRange.ZeroToOne,
    };

    [Theory]
    [InlineData("one-file")]
    [InlineData("many/many-files")]
    [InlineData("deep/deep")]
    [InlineData("link-inside")]
    [InlineData("cache/names/cached")]
    public void Values_beside_the_file_give_what_values_inside_give(string name)
    {
        string file = models.File(name);
        Assert.NotNull(OnnxModelInfo.Read(file).ExternalTensor);
        using var inside = new TranslationEngine(models.File("inlined"), s_unit);
        using var beside = new TranslationEngine(file, s_unit);
        var image = TestImages.Make(32, 24);
        byte[] expected = inside.Translate(image).Pixels;
        Assert.True(expected.Distinct().Count() > 50);
        Assert.Equal(expected, beside.Translate(image).Pixels);
        Assert.Null(beside.Model.Info.ExternalTensor);
    }

    [Theory]
    [InlineData("above", "'../secret.bin'")]
    [InlineData("below-above", "without '..'")]
    [InlineData("absolute", "'/etc/hostname'")]
    [InlineData("drive", "own folder")]
    [InlineData("windows", "own folder")]
    [InlineData("missing", "no such file")]
    [InlineData("directory", "no such file")]
    [InlineData("nameless", "no file is named")]
    [InlineData("beyond", "from byte 999999999")]
    [InlineData("long", "99999999999999 bytes")]
    [InlineData("negative", "'-4'")]
    [InlineData("other-length", "expected 1728")]
    [InlineData("linked", "leads out")]
    [InlineData("folder-linked", "leads out")]
    public void Values_elsewhere_are_refused(string name, string reason)
    {
        string message = Assert
            .Throws<InvalidOperationException>(() => new TranslationEngine(models.File(name), s_unit))
            .Message;
        Assert.Contains(reason, message);
        Assert.Contains("'w1'", message);
    }

    [Fact]
    public void Values_beside_a_model_in_memory_are_refused() =>
        Assert.Contains(
            "loaded from its file",
            Assert
                .Throws<NotSupportedException>(() =>
                    new TranslationEngine(File.ReadAllBytes(models.File("one-file")), s_unit)
                )
                .Message
        );

    [Theory]
    [InlineData("functions", 0)]
    [InlineData("functions-beside", 0)]
    [InlineData("other-version", 2)]
    public void Functions_are_written_out_and_give_the_same(string name, int left)
    {
        string file = models.File(name);
        byte[] complete = ModelRewriter.Complete(File.ReadAllBytes(file), file, 1000);
        var info = OnnxModelInfo.Read(complete);
        Assert.Equal(left, info.Functions.Count);
        Assert.Empty(info.ForeignOperators);
        using var theirs = OnnxRuntimeLibrary.Open(file, TranslationDevice.Cpu);
        using var ours = new InferenceSession(complete);
        float[] expected = Run(theirs);
        Assert.True(expected.Distinct().Count() > 100);
        Assert.Equal(expected, Run(ours));
        using var engine = new TranslationEngine(file, s_unit with { OutputRange = PixelRange.MinusOneToOne });
        byte[] pixels = engine.Translate(TestImages.Make(32, 24)).Pixels;
        // Softmax of another version is over all of the image, whose pixels all become nearly 0.
        Assert.True(pixels.Distinct().Count() > (left > 0 ? 0 : 20));
    }

    [Fact]
    public void What_functions_take_is_estimated()
    {
        using var engine = new TranslationEngine(models.File("functions"), s_unit);
        using var calls = new OnnxBytes(models.File("functions"));
        using var complete = engine.Model.OpenRunnable();
        using var inlined = engine.Model.Open();
        int[] image = [1, 64, 64, 3],
            tensor = [1, 3, 64, 64];
        Assert.False(ModelRewriter.EstimateMemory(calls.Span, "x", OnnxElementType.Float)([.. tensor]).IsComplete);
        // The 16 channels of the first function's convolution, before and after what follows it.
        var estimate = ModelRewriter.EstimateMemory(inlined.Span, "x", OnnxElementType.Float)([.. tensor]);
        Assert.True(estimate.IsComplete);
        Assert.InRange(estimate.Bytes, 2 * 16 * 64 * 64 * 4, 4 * 16 * 64 * 64 * 4);
        Assert.True(
            ModelRewriter
                .EstimateMemory(complete.Span, engine.Model.InputName, OnnxElementType.UInt8)([.. image])
                .IsComplete
        );
        // Nothing is left to be watched.
        Assert.Null(engine.Model.Memory.Watched);
        Assert.Throws<RunTooLargeException>(() =>
            new TranslationEngine(models.File("functions"), s_unit with { MaxRunBytes = 20_000 })
        );
    }

    [Fact]
    public void An_output_of_a_function_that_is_its_input_is_copied()
    {
        using var engine = new TranslationEngine(models.File("passes"), s_unit);
        var image = TestImages.Make(16, 12);
        Assert.Equal(image.Pixels, engine.Translate(image).Pixels);
    }

    [Theory]
    [InlineData("laughs")]
    [InlineData("empty-laughs")]
    public void Functions_that_multiply_are_refused(string name) =>
        Assert.Contains(
            nameof(TranslationEngineOptions.MaxOperators),
            Assert.Throws<ArgumentException>(() => new TranslationEngine(models.File(name), s_unit)).Message
        );

    [Fact]
    public void A_function_that_calls_itself_is_refused() =>
        Assert.Contains(
            "calls itself",
            Assert
                .Throws<InvalidOperationException>(() => new TranslationEngine(models.File("endless"), s_unit))
                .Message
        );

    [Theory]
    [InlineData("one-file")]
    [InlineData("functions")]
    public void Is_saved_in_a_pipeline_of_stock_transformers(string name) =>
        StockPipeline.AssertTranslatesLike(models.File(name), models.File(name), s_unit);

    private static float[] Run(InferenceSession session)
    {
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, 3 * 16 * 12).Select(_ => random.NextSingle())];
        using var input = OrtValue.CreateTensorValueFromMemory(values, [1, 3, 12, 16]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["x"], [input], ["y"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
