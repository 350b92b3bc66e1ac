using System.Globalization;

namespace MlNetImageTranslation.Trainer;

/// <summary>Notices a discriminator that has won: its loss stays near zero, and the generator learns little.</summary>
internal static class DiscriminatorWatch
{
    private const double NearZero = 0.01;
    private const int EnoughLogs = 20;

    /// <summary>What there is to say to the user.</summary>
    public static string Warning { get; } =
        string.Create(
            CultureInfo.InvariantCulture,
            $"The discriminator has won: its loss was below {NearZero} for {EnoughLogs} logged steps in a row, so the "
                + $"generator learns little from it. A smaller discriminator, a lower learning rate or another "
                + $"objective may help."
        );

    /// <summary>Logged steps in a row with a loss near zero, after one more.</summary>
    /// <param name="before">The steps before it.</param>
    /// <param name="loss">The discriminators' mean loss in this one.</param>
    public static int Wins(int before, double loss) => loss < NearZero ? before + 1 : 0;

    /// <summary>Whether it has won just now; it is said once.</summary>
    public static bool HasWon(int wins) => wins == EnoughLogs;
}
