namespace MlNetImageTranslation.Datasets;

/// <summary>What lies at a point of a made-up town.</summary>
internal enum GroundCover : byte
{
    /// <summary>Yards: lawn, bare soil, paving.</summary>
    Yard,

    /// <summary>Car parks and squares, as gray as a street; the map does not show them.</summary>
    Paving,

    /// <summary>Farm land, often as green as a park; the map does not show it.</summary>
    Field,

    /// <summary>Parks and lawns.</summary>
    Park,

    /// <summary>Woods.</summary>
    Forest,

    /// <summary>Rivers, lakes, sea.</summary>
    Water,

    /// <summary>Light paving along streets; the map does not show it.</summary>
    Sidewalk,

    /// <summary>A house, hall or tower.</summary>
    Building,

    /// <summary>A side street.</summary>
    Street,

    /// <summary>A main street.</summary>
    Avenue,

    /// <summary>A motorway.</summary>
    Highway,
}
