namespace MlNetImageTranslation.Trainer.Tests;

public sealed class DiscriminatorWatchTests
{
    [Fact]
    public void A_loss_near_zero_for_twenty_logs_is_told_once() =>
        Assert.Equal([20], Warnings(Enumerable.Repeat(0.001, 60)));

    [Fact]
    public void A_loss_that_rises_in_between_counts_from_the_beginning() =>
        Assert.Equal([30], Warnings([.. Enumerable.Repeat(0.001, 9), 0.5, .. Enumerable.Repeat(0.001, 30)]));

    [Fact]
    public void A_loss_away_from_zero_is_not_told() => Assert.Empty(Warnings(Enumerable.Repeat(0.02, 60)));

    [Fact]
    public void The_warning_names_loss_and_steps() =>
        Assert.StartsWith(
            "The discriminator has won: its loss was below 0.01 for 20 logged steps in a row",
            DiscriminatorWatch.Warning
        );

    // After which losses a warning is given.
    private static List<int> Warnings(IEnumerable<double> losses)
    {
        var warnings = new List<int>();
        int wins = 0,
            count = 0;
        foreach (double loss in losses)
        {
            wins = DiscriminatorWatch.Wins(wins, loss);
            count++;
            if (DiscriminatorWatch.HasWon(wins))
                warnings.Add(count);
        }
        return warnings;
    }
}
