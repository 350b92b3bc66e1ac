namespace MlNetImageTranslation.Networks;

/// <summary>Where a block stands in a diagram, in SVG units.</summary>
internal readonly record struct DiagramBox(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double Middle => Top + Height / 2;
}
