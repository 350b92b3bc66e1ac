using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class PatchContrastTests
{
    // Park et al. 2020, equation 3, for every patch by itself: its own key against those of the same image's others.
    private const string Script = """
        t = load(sys.argv[1]); q, k = F.normalize(t['q'], dim=2).requires_grad_(), F.normalize(t['k'], dim=2)
        terms = []
        for image in range(q.shape[0]):
            for s in range(q.shape[1]):
                likeness = torch.exp((k[image] * q[image, s]).sum(1) / 0.07)
                terms.append(-torch.log(likeness[s] / likeness.sum()))
        loss = sum(terms) / len(terms)
        # models/patchnce.py with --nce_includes_all_negatives_from_minibatch: one image of all patches.
        n = q.shape[0] * q.shape[1]; flat, other = q.view(1, n, -1), k.view(1, n, -1)
        positive = (flat * other).sum(2).view(n, 1)
        negative = torch.bmm(flat, other.transpose(2, 1)).masked_fill(torch.eye(n, dtype=torch.bool)[None], -10.0).view(n, n)
        whole = F.cross_entropy(torch.cat((positive, negative), 1) / 0.07, torch.zeros(n, dtype=torch.long))
        save(sys.argv[2], {'loss': loss.view(1), 'gradient': torch.autograd.grad(loss, q, retain_graph=True)[0],
            'whole': whole.view(1), 'whole_gradient': torch.autograd.grad(whole, q)[0]})
        """;

    [Theory]
    [InlineData(false, "loss", "gradient")]
    [InlineData(true, "whole", "whole_gradient")]
    public void The_loss_and_its_gradient_equal_PyTorchs_and_keys_have_none(
        bool wholeBatch,
        string term,
        string gradient
    )
    {
        Oracle.Require("torch", "numpy");
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        WeightTensor q = TestTensors.Normal(1, 2, 9, 5),
            k = TestTensors.Normal(2, 2, 9, 5);
        TestTensors.State(("q", q), ("k", k)).Write(folder.File("in"));
        PythonOracle.Run(GraphInterpreter.Script + Script, folder.File("in"), folder.File("out"));
        var expected = StateDict.Read(folder.File("out"));

        torch.Tensor queries = Unit(q),
            keys = Unit(k);
        var loss = PatchContrast.Of(queries, keys, 0.07, wholeBatch);
        loss.backward();

        Assert.Equal(expected[term].Values[0], loss.item<float>(), 1e-5f);
        Assert.True(
            TestTensors.RelativeDifference(expected[gradient].Values, TestTensors.Values(queries.grad!)) < 1e-5
        );
        Assert.Null(keys.grad);
    }

    private static torch.Tensor Unit(WeightTensor tensor) =>
        torch.nn.functional.normalize(TestTensors.ToTorch(tensor), dim: 2).detach().requires_grad_();
}
