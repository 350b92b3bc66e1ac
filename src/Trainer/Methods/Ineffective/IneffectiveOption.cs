namespace MlNetImageTranslation.Trainer;

/// <summary>An option that was set, and that nothing of the run depends on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why, naming the other option.</param>
internal sealed record IneffectiveOption(string Name, string Reason)
{
    /// <summary>What to say of it.</summary>
    public string Message => $"{Name} is without effect: {Reason}.";
}
