using System.Diagnostics;
using System.Globalization;
using MlNetImageTranslation.Benchmarks.Methods;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Arguments arguments;
try
{
    arguments = new(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n{Arguments.Usage}");
    return 2;
}

// As `imt train` does.
OnnxRuntimeLibrary.DisableTelemetry();
TrainingProcess.Tune();
var root = Directory.CreateTempSubdirectory("imt-methods-");
try
{
    Run();
    return 0;
}
finally
{
    root.Delete(recursive: true);
}

void Run()
{
    Direction[] directions = [Direction.LabelsToPhoto, Direction.PhotoToLabels];
    var (training, test) = Scenes.Create(arguments);
    var results = new Results(arguments, test);

    Console.WriteLine("segmentation of photos");
    var segmenter = new Job(arguments, training, Direction.PhotoToLabels, Folder("segmenter"));
    new RegressionTrainer(segmenter.Segmenter()).Train(segmenter);
    using var judge = new Judge(arguments, test, Path.Combine(segmenter.Folder, "model.onnx"));
    foreach (var direction in directions)
    {
        results.Add(judge.Score("input as it is", direction, Sources(direction), null));
    }

    foreach (var method in Method.All.Where(method => arguments.Methods.Contains(method.Name)))
    {
        if (method.LeftOut(arguments) is { } reason)
        {
            results.LeaveOut(method.Name, reason);
            continue;
        }

        Console.WriteLine(method.Name);
        double seconds = 0;
        foreach (var direction in directions)
        {
            string folder = Folder(method.BothWays ? method.Name : $"{method.Name}-{direction}");
            if (!Directory.Exists(folder))
            {
                long start = Stopwatch.GetTimestamp();
                var job = new Job(arguments, training, direction, folder);
                method.Train(job);
                seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }

            var translated = method.Translate(folder, direction, Sources(direction));
            results.Add(judge.Score(method.Name, direction, translated, seconds));
            results.AddColumn(direction, method.Name, translated);
        }
    }

    results.Add(judge.Score("real images", Direction.LabelsToPhoto, test.Photos, null));
    Console.WriteLine(string.Join('\n', results.Write()));

    IReadOnlyList<RgbImage> Sources(Direction direction) =>
        direction == Direction.LabelsToPhoto ? test.Labels : test.Photos;
}

string Folder(string name) => Path.Combine(root.FullName, name);
