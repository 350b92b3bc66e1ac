namespace MlNetImageTranslation.Weights;

/// <summary>
/// What a pickle would make by calling something that is not read here: a training script's options, a date, a numpy
/// number, a loss module. Nothing is called; the parts are kept as data, so that a message can say what was in it.
/// </summary>
/// <param name="type">What the pickle calls.</param>
/// <param name="arguments">With what.</param>
internal sealed class PickleObject(string type, object?[] arguments)
{
    /// <summary>What the pickle calls, such as <c>argparse.Namespace</c>.</summary>
    public string Type { get; } = type;

    /// <summary>With what it is called.</summary>
    public object?[] Arguments { get; } = arguments;

    /// <summary>What the object is given to restore itself from.</summary>
    public object? State { get; set; }

    /// <summary>
    /// The entries it is given if it is a kind of dictionary; null otherwise. They are read like any dictionary's.
    /// </summary>
    public PickleDictionary? Entries { get; private set; }

    /// <summary>What is appended to it if it is a kind of list or set; null otherwise.</summary>
    public PickleList? Items { get; private set; }

    /// <summary><see cref="Entries"/>, made if there are none yet.</summary>
    public PickleDictionary NeedEntries() => Entries ??= new();

    /// <summary><see cref="Items"/>, made if there are none yet.</summary>
    public PickleList NeedItems() => Items ??= [];

    public override string ToString() => $"an object of {Type}";
}
