namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Sessions with the operator give back what they took.</summary>
[Collection(ProcessMemoryCollection.Name)]
public sealed class OperatorMemoryTests(OperatorModels models) : IClassFixture<OperatorModels>
{
    [Fact]
    public void Closed_sessions_leave_nothing()
    {
        byte[] model = File.ReadAllBytes(models.File("factors"));
        var input = new float[128 * 16 * 16];
        Use(10);
        long before = Environment.WorkingSet;
        Use(200);
        // The factors alone would be 450 MB.
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 100_000_000);

        void Use(int times)
        {
            for (int i = 0; i < times; i++)
            {
                using var session = new KernelSession(model, threads: 1);
                session.Run(input, 1, 128, 16, 16);
            }
        }
    }
}
