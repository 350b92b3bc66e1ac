using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Marks an MLImage member of a row class whose images have no size in common: what LoadImages and TranslateImage make
/// of files of any size. ML.NET's own ImageType attribute takes one size only, so PredictionEngine and CreateEnumerable
/// cannot fill such a member without this.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class AnySizeImageTypeAttribute : DataViewTypeAttribute
{
    // CustomMapping compares the types of image columns by reference: the translated column has this very one.
    internal static readonly ImageDataViewType ColumnType = new();

    /// <summary>Tells ML.NET which column type the member has.</summary>
    public override void Register() => DataViewTypeManager.Register(ColumnType, typeof(MLImage), this);

    /// <summary>All marks of this kind are the same.</summary>
    public override bool Equals(DataViewTypeAttribute? other) => other is AnySizeImageTypeAttribute;

    /// <summary>The same for all.</summary>
    public override int GetHashCode() => typeof(AnySizeImageTypeAttribute).GetHashCode();
}
