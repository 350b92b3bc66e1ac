namespace MlNetImageTranslation.Datasets;

/// <summary>What a block between streets is used for.</summary>
internal enum BlockKind : byte
{
    /// <summary>Houses with gardens.</summary>
    Residential,

    /// <summary>A closed ring of tall houses around a court.</summary>
    Dense,

    /// <summary>Halls with flat roofs and car parks.</summary>
    Commercial,

    /// <summary>Lawn, trees, paths.</summary>
    Park,

    /// <summary>Farm land in furrows.</summary>
    Field,

    /// <summary>A car park.</summary>
    Parking,
}
