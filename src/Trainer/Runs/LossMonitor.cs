using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Watches losses without waiting for the device: they add up there, and are read where the host waits anyway.
/// </summary>
internal sealed class LossMonitor : IDisposable
{
    private readonly TrainingSession _session;
    private readonly bool[] _isGenerator;
    private readonly Tensor _all,
        _epoch;
    private readonly List<string> _unchecked = [];

    public LossMonitor(TrainingSession session)
    {
        _session = session;
        _isGenerator = [.. session.Losses.Select(loss => loss.Role == LossRole.Generator)];
        _all = torch.zeros([1], dtype: torch.ScalarType.Float64, device: session.Device).DetachFromDisposeScope();
        _epoch = torch.zeros([1], dtype: torch.ScalarType.Float64, device: session.Device).DetachFromDisposeScope();
    }

    /// <summary>Sum of the generators' losses in the epoch under way.</summary>
    public double EpochLoss
    {
        get => Value(_epoch);
        set => _epoch.Fill(value);
    }

    /// <summary>Adds the losses of a step on these images.</summary>
    public void Add(Tensor[] losses, IReadOnlyList<string> names)
    {
        using var unrecorded = torch.no_grad();
        for (int i = 0; i < losses.Length; i++)
        {
            _all.Accumulate(losses[i]);
            if (_isGenerator[i])
                _epoch.Accumulate(losses[i]);
        }
        _unchecked.AddRange(names);
    }

    /// <summary>The losses as numbers.</summary>
    public float[] Read(Tensor[] losses)
    {
        using var scope = torch.NewDisposeScope();
        var stacked = torch.stack(losses).cpu();
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(stacked.bytes).ToArray();
    }

    /// <summary>Throws if any loss since the last check was not finite.</summary>
    /// <exception cref="NotFiniteNumberException">One was not; the message names the images.</exception>
    public void Check(TrainingState state)
    {
        if (!double.IsFinite(Value(_all)))
            throw new NotFiniteNumberException(
                $"A loss of {_session.Trainer.FileName()} is not a finite number at step {state.Step} (epoch "
                    + $"{state.Epoch + 1}). Images since the last good step: {string.Join(", ", _unchecked)}. "
                    + "The last checkpoint is from before; a lower learning rate usually helps."
            );
        _all.Fill(0); // TorchSharp's zero_ gives new zeros and leaves the tensor as it is
        _unchecked.Clear();
    }

    /// <summary>Ends an epoch and returns the sum of the generators' losses in it.</summary>
    public double EndEpoch()
    {
        double sum = EpochLoss;
        EpochLoss = 0;
        return sum;
    }

    public void Dispose()
    {
        _all.Dispose();
        _epoch.Dispose();
    }

    private static double Value(Tensor sum)
    {
        using var scope = torch.NewDisposeScope();
        return sum.cpu().ToDouble();
    }
}
