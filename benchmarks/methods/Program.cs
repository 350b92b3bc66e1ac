using System.Diagnostics;
using System.Globalization;
using MlNetImageTranslation.Benchmarks;
using MlNetImageTranslation.Benchmarks.Methods;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (CommandLine.AsksForHelp(args))
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

Arguments arguments;
try
{
    arguments = new(args);
    if (arguments.Summarize)
    {
        Summarize();
        return 0;
    }
}
catch (FormatException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n{Arguments.Usage}");
    return 2;
}
catch (InvalidDataException unfit)
{
    Console.Error.WriteLine(unfit.Message);
    return 2;
}

// As `imt train` does.
OnnxRuntimeLibrary.DisableTelemetry();
TrainingProcess.Tune();
if (arguments.Threads > 0)
{
    // Trainers give back the number that they found, and CoGAN's translator takes it.
    TrainingProcess.LoadTorch();
    torch.set_num_threads(arguments.Threads);
}

foreach (int seed in arguments.Seeds)
{
    var root = Directory.CreateTempSubdirectory("imt-methods-");
    try
    {
        Run(arguments with { Seed = seed }, root.FullName);
    }
    finally
    {
        root.Delete(recursive: true);
    }
}

if (arguments.Seeds.Count > 1)
{
    Summarize();
}

return 0;

void Summarize() => Console.WriteLine(string.Join('\n', Summary.Write(arguments.Output, arguments.Seeds)));

static void Run(Arguments arguments, string root)
{
    Direction[] directions = [Direction.LabelsToPhoto, Direction.PhotoToLabels];
    var (training, test) = Scenes.Create(arguments);
    var results = new Results(arguments, test);

    Console.WriteLine($"seed {arguments.Seed}, segmentation of photos");
    var segmenter = new Job(arguments, training, Direction.PhotoToLabels, Path.Combine(root, "segmenter"));
    new RegressionTrainer(segmenter.Segmenter()).Train(segmenter);
    using var judge = new Judge(arguments, test, Path.Combine(segmenter.Folder, "model.onnx"));
    foreach (var direction in directions)
    {
        results.Add(judge.Score("input as it is", direction, Sources(direction), null));
    }

    foreach (var method in Method.All.Where(method => arguments.Methods.Contains(method.Name)))
    {
        string title = method.Title(arguments);
        Console.WriteLine(title);
        double seconds = 0;
        foreach (var direction in directions)
        {
            string name = method.BothWays ? method.Name : $"{method.Name}-{direction}";
            var job = new Job(arguments, training, direction, Path.Combine(root, name));
            if (!Directory.Exists(job.Folder))
            {
                long start = Stopwatch.GetTimestamp();
                method.Train(job);
                seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }

            var translated = method.Translate(job, direction, Sources(direction));
            results.Add(judge.Score(title, direction, translated, seconds));
            results.AddColumn(direction, method.Heading(arguments), translated);
        }
    }

    results.Add(judge.Score("real images", Direction.LabelsToPhoto, test.Photos, null));
    Console.WriteLine(string.Join('\n', results.Write()));

    IReadOnlyList<RgbImage> Sources(Direction direction) =>
        direction == Direction.LabelsToPhoto ? test.Labels : test.Photos;
}
