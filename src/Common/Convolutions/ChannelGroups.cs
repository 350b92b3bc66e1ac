namespace MlNetImageTranslation;

/// <summary>Channels are computed in groups of 16, the last of which may have fewer.</summary>
internal static class ChannelGroups
{
    /// <summary>Channels of a group.</summary>
    public const int Size = IMinimalFiltering.Channels;

    /// <summary>How many groups some channels take.</summary>
    public static int Count(int channels) => (channels + Size - 1) / Size;

    /// <summary>Channels of all these groups.</summary>
    public static int Filled(int channels) => Count(channels) * Size;

    /// <summary>How many of some channels are in a group.</summary>
    public static int ChannelsIn(int group, int channels) => Math.Min(Size, channels - group * Size);
}
