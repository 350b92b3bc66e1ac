// training [CONFIGURATION...] [--rounds N] [--steps N] [--threads N] [--python FILE]
using System.Globalization;
using MlNetImageTranslation.Benchmarks.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int rounds = int.Parse(Option("--rounds", "20"), CultureInfo.InvariantCulture);
int threads = int.Parse(
    Option("--threads", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
    CultureInfo.InvariantCulture
);
string python = Option("--python", "/usr/bin/python3");
string[] names =
[
    .. args.Where((argument, i) => !argument.StartsWith('-') && (i == 0 || !args[i - 1].StartsWith('-'))),
];
var unknown = names.Where(name => Configuration.All.All(one => one.Name != name)).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine(
        $"Unknown: {string.Join(", ", unknown)}; there are {string.Join(", ", Configuration.All.Select(one => one.Name))}."
    );
    return 2;
}

foreach (var configuration in Configuration.All.Where(one => names.Length == 0 || names.Contains(one.Name)))
{
    using var peer = new PyTorchSide(configuration, threads, python);
    int steps = int.Parse(
        Option("--steps", configuration.StepsPerBlock.ToString(CultureInfo.InvariantCulture)),
        CultureInfo.InvariantCulture
    );
    var duel = new Duel(configuration, peer, rounds, steps, threads);
    duel.Run();
    // Ratios of neighbouring blocks: whatever slows the machine for a while slows both.
    double[] ratios = [.. duel.Theirs.Zip(duel.Ours, (theirs, ours) => theirs.Seconds / ours.Seconds).Order()];
    double work = Median(duel.Theirs.Zip(duel.Ours, (theirs, ours) => theirs.ProcessorSeconds / ours.ProcessorSeconds));
    Console.WriteLine(
        $"\n{configuration.Name}, {configuration.Size}x{configuration.Size}, batch 1, {threads} threads, {ratios.Length} rounds of {steps} steps; PyTorch {peer.Description}"
    );
    Print("ours", duel.Ours, $"{duel.Resident.Early} MiB early, {duel.Resident.Late} MiB at the end");
    Print("PyTorch", duel.Theirs, $"{peer.PeakMegabytes} MiB at most");
    Console.WriteLine(
        $"  ours is {Median(ratios):0.000} times as fast as PyTorch (middle half of the rounds {ratios[ratios.Length / 4]:0.000}..{ratios[ratios.Length * 3 / 4]:0.000}); by processor time {work:0.000} times"
    );
}

// At the end: the trainer itself must be the first to call libtorch, as it is in an application.
Console.WriteLine($"\n{Machine.Describe()}");
return 0;

static void Print(string name, List<Effort> efforts, string memory)
{
    double seconds = Median(efforts.Select(effort => effort.Seconds)),
        work = Median(efforts.Select(effort => effort.ProcessorSeconds));
    Console.WriteLine(
        $"  {name, -8} {seconds * 1000, 8:0.0} ms/step  {1 / seconds, 7:0.00} steps/s  {work * 1000, 8:0.0} ms of processors/step  memory {memory}"
    );
}

static double Median(IEnumerable<double> values)
{
    double[] ordered = [.. values.Order()];
    return ordered[ordered.Length / 2];
}

string Option(string name, string value)
{
    int at = Array.IndexOf(args, name);
    return at < 0 ? value : args[at + 1];
}
