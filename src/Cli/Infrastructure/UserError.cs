namespace MlNetImageTranslation.Cli;

/// <summary>
/// The caller asked for something that cannot be done; the message says what, and it is all that is printed (exit code
/// 2).
/// </summary>
internal sealed class UserError(string message, Exception? cause = null) : Exception(message, cause);
