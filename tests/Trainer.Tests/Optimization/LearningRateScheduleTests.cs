using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Rates_equal_those_of_PyTorchs_schedulers()
    {
        Oracle.Require("torch");
        // models/networks.py, get_scheduler; the scheduler steps after every epoch.
        var expected = PythonOracle
            .Run(
                """
                import torch, warnings
                from torch.optim import lr_scheduler as s
                warnings.simplefilter('ignore')
                n, d = 6, 5
                metric = [5, 4, 4.5, 4.2, 4.1, 4.3, 4, 4, 4, 3.99, 3.999]
                for name in ('linear', 'step', 'cosine', 'plateau'):
                    o = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
                    r = {'linear': lambda: s.LambdaLR(o, lambda e: 1.0 - max(0, e + 1 - n) / float(d + 1)), 'step': lambda: s.StepLR(o, 3, 0.1),
                         'cosine': lambda: s.CosineAnnealingLR(o, T_max=n, eta_min=0), 'plateau': lambda: s.ReduceLROnPlateau(o, mode='min', factor=0.2, threshold=0.01, patience=5)}[name]()
                    for e in range(n + d):
                        print('%.12g' % o.param_groups[0]['lr'])
                        o.step()
                        r.step(metric[e]) if name == 'plateau' else r.step()
                """
            )
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => double.Parse(line, System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();
        double[] metric = [5, 4, 4.5, 4.2, 4.1, 4.3, 4, 4, 4, 3.99, 3.999];
        int next = 0;
        foreach (
            var policy in new[]
            {
                LearningRatePolicy.Linear,
                LearningRatePolicy.Step,
                LearningRatePolicy.Cosine,
                LearningRatePolicy.Plateau,
            }
        )
        {
            var schedule = new LearningRateSchedule(policy, 6, 5, 3);
            var plateau = new PlateauState();
            for (int epoch = 0; epoch < 11; epoch++)
            {
                Assert.Equal(expected[next++], schedule.Scale(epoch, plateau), 1e-9);
                plateau = plateau.After(metric[epoch]);
            }
        }
    }
}
