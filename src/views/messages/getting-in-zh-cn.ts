import type { gettingInEn } from './getting-in-en.js';
import type { Rich } from './rich.js';

/** What the pages say to those who have no account yet, cannot get in, or follow a link of a mail; in Simplified Chinese. */
export const gettingInZhCn: typeof gettingInEn = {
  signUp: {
    title: '创建账号',
    intro: (company) => `请输入你的邮箱，${company} 会给你发送一个链接，打开后继续。`,
    invitedIntro: (company) => `${company} 的账号仅限受邀者。如果你已收到邀请，请输入受邀的邮箱，我们会再次发送链接。`,
    email: '邮箱',
    domains: (domains) => `以 ${domains} 结尾的邮箱。`,
    submit: '发送链接',
    haveAccount: '我已有账号',
    forAddress: (address): Rich => ['邮箱：', address],
    asUser: (username): Rich => ['你的用户名是 ', username, '。'],
    create: '创建账号',
    offer: '创建账号',
    faults: {
      missing: () => '请输入邮箱。',
      invalid: () => '请输入有效的邮箱，例如 alex@company.example。',
      domain: (domains) => `这里只能使用以 ${domains} 结尾的邮箱。`,
    },
  },
  resetPassword: {
    title: '设置新密码',
    intro: '设置之后，你会在其他所有设备上退出登录。',
    demanded: '需要先更改密码，才能继续。',
    submit: '设置密码',
    offer: '忘记密码？',
    askTitle: '忘记密码？',
    askIntro: '请输入用户名或邮箱，我们会向你账号的邮箱发送一个链接，用来设置新密码。',
    ask: '发送链接',
    same: '新密码不能与当前密码相同。',
  },
  outcomes: {
    signIn: '登录',
    throttled: (wait) => `这里请求的邮件太多了，请在${wait}后再试。`,
    kinds: {
      'reset-asked': {
        title: '请查收邮件',
        text: () =>
          '如果存在这个账号并且有邮箱，链接已经发出。链接只能使用一次，有效期 30 分钟。没有收到？请看看垃圾邮件，或联系管理员。',
      },
      'password-set': { title: '密码已更改', text: () => '你已在所有设备上退出登录，请用新密码登录。' },
      'sign-up-asked': {
        title: '请查收邮件',
        text: () =>
          '如果这个邮箱可以在这里使用，我们已向它发送邮件，说明接下来怎么做。没有收到？请看看垃圾邮件，或联系管理员。',
      },
      'sign-up-off': {
        title: '这里不能自行创建账号',
        text: (company) => `${company} 的账号由管理员创建。如果需要账号，请联系管理员。`,
      },
      'account-exists': { title: '你已有账号', text: () => '这个邮箱或用户名已有账号，请直接登录。' },
      'email-confirmed': { title: '邮箱已确认', text: () => '谢谢，你可以关闭此页面。', go: '前往我的账号' },
      'email-changed': { title: '邮箱已更改', text: () => '今后的邮件会发送到新邮箱。', go: '前往我的账号' },
      'email-taken': {
        title: '这个邮箱已被使用',
        text: () => '另一个账号已在使用这个邮箱，因此你的邮箱保持不变。',
        go: '前往我的账号',
      },
      'signed-out-everywhere': {
        title: '你已在所有地方退出登录',
        text: () => '没有浏览器还登录着你的账号，也没有浏览器被记住。',
      },
      'account-deleted': {
        title: '你的账号已删除',
        text: (company) => `你已在所有地方退出登录，任何应用都不能再使用你的 ${company} 账号。可以关闭此页面了。`,
      },
      'account-secured': {
        title: '你的账号已安全',
        text: () => '所有设备都已退出登录，原密码不再有效。我们已向你的邮箱发送链接，用来设置新密码。',
      },
    },
  },
  terms: {
    title: '使用条款',
    intro: (company) => `${company} 的条款是新的或已更新。请接受后继续。`,
    accept: '我已阅读并接受条款。',
    read: '阅读条款',
    missing: '请先接受条款。',
    submit: '继续',
  },
  linkPages: {
    'verify-email': {
      title: '确认你的邮箱',
      text: (address, company): Rich => [`你的 ${company} 账号使用的邮箱是 `, address, '。'],
      submit: '确认邮箱',
    },
    'change-email': {
      title: '确认你的新邮箱',
      text: (address, company): Rich => [`你的 ${company} 账号将使用邮箱 `, address, '。'],
      submit: '确认新邮箱',
    },
    'not-me': {
      title: '是其他人操作的吗？',
      text: (address, company): Rich => [
        `你会在 ${company} 的所有设备和应用上退出登录，账号的密码不再有效，设置新密码的链接会发送到 `,
        address,
        '。',
      ],
      submit: '在所有设备上退出登录',
    },
  },
  email: {
    title: '邮箱',
    present: '你的邮箱',
    none: '你的账号没有邮箱。',
    confirmed: '已确认',
    unconfirmed: '尚未确认',
    send: '发送确认链接',
    sent: '链接已发送到你的邮箱。',
    change: '更改邮箱',
    newAddress: '新邮箱',
    changeHint: '打开发送到新邮箱的链接之后，更改才会生效。',
    submit: '发送链接',
    asked: '如果这个邮箱可以使用，我们已向它发送邮件。在你确认新邮箱之前，账号仍使用原来的邮箱。',
    off: '目前无法发送邮件，因此不能在这里更改邮箱。请联系管理员。',
    demandedTitle: '确认你的邮箱',
    demanded: (address): Rich => ['继续之前，请确认你账号的邮箱：', address, '。请让我们发送链接，打开后再回到这里。'],
    again: '再次发送',
    done: '我已确认',
    notYet: '邮箱尚未确认，请先打开邮件中的链接。',
  },
};
