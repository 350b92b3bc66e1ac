namespace MlNetImageTranslation.Cli;

/// <summary>One line of the report.</summary>
/// <param name="Subject">What was looked at: <c>libtorch</c>.</param>
/// <param name="Value">What was found.</param>
/// <param name="Severity">Whether something must or should be done.</param>
/// <param name="Advice">What to do about it, null when nothing is to do.</param>
internal sealed record Finding(string Subject, string Value, Severity Severity = Severity.Good, string? Advice = null);
