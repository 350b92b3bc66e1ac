using System.ComponentModel;
using System.Globalization;

namespace MlNetImageTranslation.Weights;

/// <summary>Sizes out of text, as configuration has them: <c>512x256</c>, or <c>256</c> for a square.</summary>
internal sealed class ImageSizeTypeConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? ImageSize.Parse(text) : base.ConvertFrom(context, culture, value);
}
