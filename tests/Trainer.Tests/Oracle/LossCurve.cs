using System.Globalization;
using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Loss curves of our runs and of PyTorch's, on the same pairs of images.</summary>
internal static class LossCurve
{
    /// <summary>Writes side-by-side pairs to <c>data</c>.</summary>
    public static void WritePairs(TemporaryFolder folder, int count, int size)
    {
        Directory.CreateDirectory(folder.File("data"));
        for (int i = 0; i < count; i++)
            ImageEncoder.Save(
                RgbImage.JoinPair(
                    TestTensors.Image(i, size, size),
                    TestTensors.Negative(TestTensors.Image(i + 1, size, size))
                ),
                folder.File($"data/{i}.png")
            );
    }

    /// <summary>
    /// Writes a network as the oracle reads it: <c>NAME</c> with the weights, <c>NAME.json</c> with the graph. Returns
    /// the weights' file.
    /// </summary>
    public static string Write(
        TemporaryFolder folder,
        string name,
        Networks.NetworkGraph graph,
        Weights.StateDict weights
    )
    {
        weights.Write(folder.File(name));
        File.WriteAllText(folder.File(name + ".json"), graph.ToJson());
        return folder.File(name);
    }

    /// <summary>
    /// A script's lines of numbers, after the pairs of <c>data</c> were read into <c>pairs</c> and the settings into
    /// <c>config</c>.
    /// </summary>
    public static double[][] Python(TemporaryFolder folder, string script, object config) =>
        PythonOracle
            .Run(
                GraphInterpreter.Script
                    + """
                    import os
                    from PIL import Image
                    folder, config = sys.argv[1], json.loads(sys.argv[2])
                    def read(p):
                        a = torch.from_numpy(np.asarray(Image.open(p).convert('RGB')).copy()).permute(2, 0, 1).float().div(255).sub(0.5).div(0.5)
                        return a[:, :, :a.shape[2] // 2], a[:, :, a.shape[2] // 2:]
                    pairs = [read(os.path.join(folder, 'data', f)) for f in sorted(os.listdir(folder + '/data'))]

                    """
                    + script,
                folder.Path,
                JsonSerializer.Serialize(config)
            )
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line =>
                line.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray()
            )
            .ToArray();

    /// <summary>Compares the run's log with the lines to float accuracy.</summary>
    public static void AssertEqual(string run, double[][] theirs, params string[] names) =>
        AssertEqual(run, theirs, 1e-4, names);

    /// <summary>
    /// Compares the run's log with the lines: closely at first, with room for the growth of rounding errors later.
    /// </summary>
    /// <param name="run">The run folder.</param>
    /// <param name="theirs">A line of losses a step.</param>
    /// <param name="tolerance">The largest difference of the first five steps, relative to the loss or, for small ones,
    /// to 0.01 (bfloat16: 0.1).</param>
    /// <param name="names">The losses' names in the log.</param>
    public static void AssertEqual(string run, double[][] theirs, double tolerance, params string[] names)
    {
        double smallest = tolerance > 1e-3 ? 0.1 : 0.01;
        var ours = File.ReadLines(Path.Combine(run, "log.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToArray();
        Assert.Equal(theirs.Length, ours.Length);
        Assert.Equal(["step", "epoch", .. names], ours[0].EnumerateObject().Select(member => member.Name));
        for (int step = 0; step < ours.Length; step++)
        for (int i = 0; i < names.Length; i++)
        {
            double actual = ours[step].GetProperty(names[i]).GetDouble(),
                difference = Math.Abs(actual - theirs[step][i]) / Math.Max(Math.Abs(theirs[step][i]), smallest);
            Assert.True(
                difference < (step < 5 ? tolerance : Math.Max(tolerance, 2e-2)),
                $"step {step + 1}, {names[i]}: {actual} and {theirs[step][i]}"
            );
        }
    }
}
