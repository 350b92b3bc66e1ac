using System.Diagnostics;
using System.Globalization;

namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>The peer: pytorch_steps.py in Debian's Python, which waits between its blocks.</summary>
internal sealed class PyTorchSide : IDisposable
{
    private readonly Process _process;

    public PyTorchSide(Configuration configuration, int threads, string python)
    {
        // With all three streams redirected .NET leaves the terminal alone; otherwise the child stops (SIGTTOU) where
        // this runs in the background.
        var start = new ProcessStartInfo(python)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "pytorch_steps.py"));
        foreach (
            var argument in new object[]
            {
                configuration.Kind,
                configuration.Depth,
                configuration.Filters,
                configuration.Filters,
                configuration.Size,
                threads,
            }
        )
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        _process.BeginErrorReadLine();
        Description = Read();
    }

    /// <summary>PyTorch's version, device, threads.</summary>
    public string Description { get; }

    public long PeakMegabytes { get; private set; }

    /// <summary>Makes steps and returns what they took.</summary>
    public Effort Run(int steps)
    {
        _process.StandardInput.WriteLine(steps.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        var parts = Read().Split(' ');
        PeakMegabytes = long.Parse(parts[2], CultureInfo.InvariantCulture);
        return new(
            double.Parse(parts[0], CultureInfo.InvariantCulture) / steps,
            double.Parse(parts[1], CultureInfo.InvariantCulture) / steps
        );
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Read() =>
        _process.StandardOutput.ReadLine()
        ?? throw new InvalidOperationException("pytorch_steps.py ended; its message is above.");
}
