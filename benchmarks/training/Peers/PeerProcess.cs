using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Benchmarks.Training.Peers;

/// <summary>
/// A peer: a process of its own that waits between its blocks of steps. It first writes a line about itself and a
/// line with the sizes of its generator and discriminator; then it reads numbers of steps, makes so many, and
/// answers each with "seconds processor-seconds peak-MiB".
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="name">What reports call it.</param>
    /// <param name="start">How it is started.</param>
    /// <exception cref="InvalidOperationException">It does not start, or ends again.</exception>
    public PeerProcess(string name, ProcessStartInfo start)
    {
        Name = name;
        // With all three streams redirected .NET leaves the terminal alone; otherwise the child stops (SIGTTOU)
        // where this runs in the background.
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = StartProcess(name, start);
        _process.ErrorDataReceived += (_, line) => PassOn(line.Data);
        _process.BeginErrorReadLine();
        Description = Read();
        var sizes = Read().Split(' ');
        Parameters = new(
            long.Parse(sizes[0], CultureInfo.InvariantCulture),
            long.Parse(sizes[1], CultureInfo.InvariantCulture)
        );
    }

    public string Name { get; }

    /// <summary>Its version of PyTorch or libtorch, its device, threads and BLAS.</summary>
    public string Description { get; }

    /// <summary>How much its networks have to learn.</summary>
    public ParameterNumbers Parameters { get; }

    /// <summary>Makes steps and returns what they took.</summary>
    public Block Run(int steps)
    {
        _process.StandardInput.WriteLine(steps.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        var parts = Read().Split(' ');
        double seconds = double.Parse(parts[0], CultureInfo.InvariantCulture);
        double processorSeconds = double.Parse(parts[1], CultureInfo.InvariantCulture);
        return new(new(seconds / steps, processorSeconds / steps), long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Process StartProcess(string name, ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new InvalidOperationException($"{name} does not start: {failure.Message}", failure);
        }
    }

    private string Read()
    {
        if (_process.StandardOutput.ReadLine() is { } line)
        {
            return line;
        }

        // Until all that it wrote to its error stream has been passed on.
        _process.WaitForExit();
        throw new InvalidOperationException($"{Name} ended too early; its message is above.");
    }

    private static void PassOn(string? line)
    {
        // Null is the stream's end.
        if (line is not null)
        {
            Console.Error.WriteLine(line);
        }
    }
}
