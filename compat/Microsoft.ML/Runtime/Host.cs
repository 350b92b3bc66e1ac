using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A registered component: its name goes before the names of its channels.</summary>
internal sealed class Host : IHost
{
    private readonly string _fullName;

    public Host(LocalEnvironment root, string fullName, int? seed)
    {
        Root = root;
        _fullName = fullName;
        Rand = root.NewRandom(seed);
    }

    public LocalEnvironment Root { get; }

    public Random Rand { get; }

    public ComponentCatalog ComponentCatalog => Root.ComponentCatalog;

    public string ContextDescription => _fullName;

    public TException Process<TException>(TException ex) where TException : Exception => ExceptionMarker.Mark(ex, _fullName);

    public IHost Register(string name, int? seed = null, bool? verbose = null)
        => new Host(Root, _fullName + "; " + Contracts.CheckNonEmpty(name, nameof(name)), seed ?? Rand.Next());

    public IChannel Start(string name) => new Channel(Root, _fullName, name);

    public IPipe<TMessage> StartPipe<TMessage>(string name) => throw Contracts.ExceptSmaller("StartPipe");

    public IProgressChannel StartProgressChannel(string name) => new ProgressChannel(Root, name);
}
