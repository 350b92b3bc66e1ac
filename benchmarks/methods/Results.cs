using System.Globalization;
using System.Text;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>Collects scores and images, and writes them.</summary>
internal sealed class Results(Arguments arguments, Scenes test)
{
    private const int GridRows = 5;
    private const int GridSide = 128;

    private readonly List<Scores> _scores = [];
    private readonly Dictionary<Direction, List<(string Name, IReadOnlyList<RgbImage> Images)>> _columns = new()
    {
        [Direction.LabelsToPhoto] = [],
        [Direction.PhotoToLabels] = [],
    };

    /// <summary>Adds the scores of translations of all test scenes.</summary>
    public void Add(Scores scores)
    {
        _scores.Add(scores);
        Console.WriteLine(
            $"  {Name(scores.Direction)}: pixel accuracy {scores.PixelAccuracy:0.000}, class accuracy "
                + $"{scores.ClassAccuracy:0.000}, class IoU {scores.ClassIoU:0.000}, "
                + $"L1 {scores.L1:0.0}, SSIM {scores.Ssim:0.000}"
        );
    }

    /// <summary>Adds a column to the grid of a direction.</summary>
    public void AddColumn(Direction direction, string name, IReadOnlyList<RgbImage> images) =>
        _columns[direction].Add((name, images));

    /// <summary>Writes everything and returns the files.</summary>
    public IReadOnlyList<string> Write()
    {
        var files = new List<string> { ScoreFile.PathOf(arguments.Output, arguments.Seed), File("table", ".md") };
        AtomicFile.WriteText(files[0], Csv());
        AtomicFile.WriteText(files[1], Table());
        foreach (var (direction, columns) in _columns)
        {
            files.Add(File($"grid-{Name(direction).Replace(' ', '-')}", ".png"));
            WriteGrid(files[^1], direction, columns);
        }

        return files;
    }

    private static string Name(Direction direction) =>
        direction == Direction.LabelsToPhoto ? "labels to photo" : "photo to labels";

    private string File(string name, string extension) =>
        Path.Combine(arguments.Output, $"{name}-seed{arguments.Seed}{extension}");

    private string Csv()
    {
        var text = new StringBuilder(
            "seed,size,steps,filters,images,test_images,direction,method,pixel_accuracy,class_accuracy,class_iou,l1,ssim,"
                + "frechet_distance,seconds\n"
        );
        foreach (var scores in _scores)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{arguments.Seed},{arguments.Size},{arguments.Steps},{arguments.Filters},{arguments.Images},"
            );
            text.Append(
                CultureInfo.InvariantCulture,
                $"{arguments.TestImages},{Name(scores.Direction)},{scores.Method},{scores.PixelAccuracy:0.0000},"
            );
            text.Append(
                CultureInfo.InvariantCulture,
                $"{scores.ClassAccuracy:0.0000},{scores.ClassIoU:0.0000},{scores.L1:0.000},"
            );
            text.Append(
                CultureInfo.InvariantCulture,
                $"{scores.Ssim:0.0000},{scores.FrechetDistance:0.000},{scores.Seconds:0.0}\n"
            );
        }

        return text.ToString();
    }

    private string Table()
    {
        var text = new StringBuilder(
            $"Seed {arguments.Seed}, {arguments.Size}x{arguments.Size}, {arguments.Steps} steps, {arguments.Filters} "
                + $"filters, {arguments.Images} scenes to train on, {arguments.TestImages} to score.\n"
        );
        bool distances = _scores.Any(scores => scores.FrechetDistance is not null);
        foreach (var direction in _columns.Keys)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {char.ToUpperInvariant(Name(direction)[0])}{Name(direction)[1..]}\n\n"
            );
            text.Append("| | pixel accuracy | class accuracy | class IoU | L1 | SSIM |");
            text.Append(distances ? " Fréchet distance |\n" : "\n");
            text.Append(distances ? "|---|---|---|---|---|---|---|\n" : "|---|---|---|---|---|---|\n");
            foreach (var scores in _scores.Where(scores => scores.Direction == direction))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {scores.Method} | {scores.PixelAccuracy:0.000} | {scores.ClassAccuracy:0.000} "
                );
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {scores.ClassIoU:0.000} | {scores.L1:0.0} | {scores.Ssim:0.000} |"
                );
                if (distances)
                {
                    text.Append(CultureInfo.InvariantCulture, $" {scores.FrechetDistance:0.0} |");
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private void WriteGrid(
        string file,
        Direction direction,
        IReadOnlyList<(string Name, IReadOnlyList<RgbImage> Images)> columns
    )
    {
        var (sources, targets) =
            direction == Direction.LabelsToPhoto ? (test.Labels, test.Photos) : (test.Photos, test.Labels);
        var grid = new SampleGrid(["input", .. columns.Select(column => column.Name), "real"])
        {
            Title = $"{Name(direction)}, {arguments.Steps} steps, seed {arguments.Seed}",
            Zoom = Math.Max(1, GridSide / arguments.Size),
        };
        for (int i = 0; i < Math.Min(GridRows, sources.Count); i++)
        {
            grid.Add([sources[i], .. columns.Select(column => column.Images[i]), targets[i]]);
        }

        grid.Save(file);
    }
}
