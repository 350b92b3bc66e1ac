namespace MlNetImageTranslation.Trainer;

/// <summary>
/// On an option that is not part of what a run is: a run folder's options.json does not have it, and a run may go on
/// with another value of it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotRecordedAttribute : Attribute;
