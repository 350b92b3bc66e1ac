using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Accepts progress and shows none: MLContext has no listener for it either.</summary>
internal sealed class ProgressChannel : IProgressChannel
{
    private readonly LocalEnvironment _root;

    public ProgressChannel(LocalEnvironment root, string name)
    {
        _root = root;
        Contracts.CheckNonEmpty(name, nameof(name));
    }

    public IProgressChannel StartProgressChannel(string name) => new ProgressChannel(_root, name);

    public void SetHeader(ProgressHeader header, Action<IProgressEntry> fillAction) => Contracts.CheckValue(fillAction, nameof(fillAction));

    public void Checkpoint(params double?[] values) { }

    public void Dispose() { }
}
