using System.Globalization;

namespace MlNetImageTranslation.Weights;

/// <summary>A container on the way down a <see cref="TorchTree"/>, and how much of it was visited.</summary>
/// <param name="value">The container.</param>
/// <param name="name">Its key in the dictionary that holds it; empty elsewhere.</param>
/// <param name="index">Its position in the list or tuple that holds it.</param>
/// <param name="owner">The object that it is a part of; null for what is read.</param>
internal sealed class TorchTreeNode(object value, string name, int index, UnreadObject? owner)
{
    private const int LongestLabel = 100;

    private int _next;

    /// <summary>The object that the children visited last are a part of; null for what is read.</summary>
    public UnreadObject? Owner { get; private set; } = owner;

    /// <summary>What is told of this container where it is an object that is not read.</summary>
    public UnreadObject? Unread { get; set; }

    /// <summary>The tensors found in it so far.</summary>
    public ForeignWeights? Weights { get; set; }

    /// <summary>Whether it has keys.</summary>
    public bool IsDictionary => value is PickleDictionary or PickleObject;

    /// <summary>Its name in paths, which are for people: at most about 100 characters.</summary>
    public string Label =>
        name.Length > LongestLabel ? name[..LongestLabel] + "..."
        : name.Length > 0 || index < 0 ? name
        : index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether something can hold tensors.</summary>
    public static bool IsContainer(object? value) =>
        value is PickleDictionary or PickleList or PickleTuple or PickleObject;

    /// <summary>Goes on to the next child.</summary>
    /// <param name="childName">Its key, where it has one that is a name or number; else empty.</param>
    /// <param name="childIndex">Its position; -1 for entries of dictionaries.</param>
    /// <param name="child">The child.</param>
    public bool TryNext(out string childName, out int childIndex, out object? child)
    {
        (childName, childIndex) = ("", -1);
        int next = _next++;
        switch (value)
        {
            case PickleDictionary dictionary when next < dictionary.Items.Count:
                return Entry(dictionary, next, out childName, out child);
            case PickleList list when next < list.Count:
                childIndex = next;
                child = list[next];
                return true;
            case PickleTuple tuple when next < tuple.Items.Length:
                childIndex = next;
                child = tuple.Items[next];
                return true;
            case PickleObject unread:
                return Part(unread, next, out childName, out child);
            default:
                child = null;
                return false;
        }
    }

    // First the entries, which are read; then what the object is made of.
    private bool Part(PickleObject unread, int next, out string childName, out object? child)
    {
        int entries = unread.Entries?.Items.Count ?? 0;
        if (next < entries)
            return Entry(unread.Entries!, next, out childName, out child);
        Owner ??= Unread;
        childName = "";
        next -= entries;
        child =
            next == 0 ? unread.State
            : next == 1 ? unread.Items
            : next - 2 < unread.Arguments.Length ? unread.Arguments[next - 2]
            : null;
        return next - 2 < unread.Arguments.Length;
    }

    private static bool Entry(PickleDictionary dictionary, int next, out string childName, out object? child)
    {
        var (key, entry) = dictionary.Items[next];
        childName = key switch
        {
            string text => text,
            long number => number.ToString(CultureInfo.InvariantCulture),
            _ => "?",
        };
        child = entry;
        return true;
    }
}
