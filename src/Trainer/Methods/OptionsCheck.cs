namespace MlNetImageTranslation.Trainer;

/// <summary>What every trainer does with the options that it is given.</summary>
internal static class OptionsCheck
{
    /// <summary>A copy of the options, after they were validated: later changes of them have no effect.</summary>
    /// <exception cref="ArgumentNullException">They are null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or was set without effect; the
    /// message names it.</exception>
    public static TOptions Validated<TOptions>(this TOptions options)
        where TOptions : TrainingOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        IneffectiveOptions.Refuse(options);
        return options.Copy<TOptions>();
    }
}
