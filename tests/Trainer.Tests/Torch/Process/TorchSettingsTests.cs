using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class TorchSettingsTests
{
    [Fact]
    public void A_run_gives_the_settings_of_the_process_back()
    {
        int threads = torch.get_num_threads();
        bool matrices = torch.backends.cuda.matmul.allow_tf32;
        bool convolutions = torch.backends.cudnn.allow_tf32;
        torch.backends.cudnn.allow_tf32 = false;
        try
        {
            using (new TorchSettings(threads + 1))
            {
                Assert.Equal(threads + 1, torch.get_num_threads());
                Assert.True(torch.backends.cudnn.allow_tf32);
                Assert.Equal(matrices, torch.backends.cuda.matmul.allow_tf32);
            }
            Assert.Equal(threads, torch.get_num_threads());
            Assert.False(torch.backends.cudnn.allow_tf32);
        }
        finally
        {
            torch.backends.cudnn.allow_tf32 = convolutions;
        }
    }
}
